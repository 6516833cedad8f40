-- For wrk: posts conversations, each with a text of its own, and tells at the end how they were answered. What is embedded are
-- their summaries; there are 20, so that the cache has most of them and the load falls on the service and Postgres.
--   wrk -t4 -c100 -d30s -s post-conversation.lua http://localhost:3000/api/conversations
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
if os.getenv("STAMPEDE_API_KEY") then
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("STAMPEDE_API_KEY")
end

local threads = {}

function setup(thread)
  thread:set("number", #threads + 1)
  table.insert(threads, thread)
end

function init(args)
  count = 0
  accepted = 0 -- 202
  busy = 0     -- 429: the queue is full
  other = 0
end

function request()
  count = count + 1
  local body = string.format(
    '{"userId":"user-%d-%d","channel":"web","transcript":"Customer: where is order %d? Agent: it comes tomorrow.",' ..
    '"summary":"Asks where an order of kind %d is."}',
    number, count % 1000, count, count % 20)
  return wrk.format(nil, nil, nil, body)
end

function response(status)
  if status == 202 then
    accepted = accepted + 1
  elseif status == 429 then
    busy = busy + 1
  else
    other = other + 1
  end
end

function done(summary, latency, requests)
  local sum = { accepted = 0, busy = 0, other = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(sum) do
      sum[name] = sum[name] + thread:get(name)
    end
  end
  io.write(string.format("Answers: %d accepted (202), %d queue full (429), %d other\n", sum.accepted, sum.busy, sum.other))
end
