package io.stampede.report.summary;

/** How the summary looks. */
final class Styles {

    private Styles() {}

    static final String CSS = """

            :root { color-scheme: light dark;
              --ink: #1a1a1a; --soft: #555; --paper: #fff; --panel: #f6f6f6; --line: #ddd; --edge: #bbb;
              --good: #14602b; --good-paper: #e6f4ea; --good-mark: #d6efdd; --good-edge: #1b7837;
              --close: #7a4100; --close-paper: #fff7e0; --close-mark: #fff0c2; --close-edge: #b35806;
              --bad: #9a001c; --bad-paper: #fdeaea; --bad-mark: #b00020; --bad-edge: #b00020;
              --void: #4b2e83; --void-paper: #eee8f5; --void-mark: #4b2e83; --void-edge: #5e3c99;
              --s1: #0072b2; --s2: #c76a00; --s3: #a8437f; --s4: #00805e; --s5: #3d93c4; --s6: #444;
              --target: #1b7837; --acceptable: #b35806; --critical: #b00020; --shade: #eceff3; --grid: #e4e4e4; }
            @media (prefers-color-scheme: dark) { :root {
              --ink: #e6e6e6; --soft: #a9b1ba; --paper: #15181c; --panel: #20252b; --line: #383f47; --edge: #565f69;
              --good: #8fdca4; --good-paper: #14281b; --good-mark: #1d4a2b; --good-edge: #3fa35c;
              --close: #ffc66d; --close-paper: #2e2410; --close-mark: #55400f; --close-edge: #d98a2b;
              --bad: #ff9aa8; --bad-paper: #351419; --bad-mark: #b00020; --bad-edge: #e5485d;
              --void: #c9b3f5; --void-paper: #251d36; --void-mark: #5b3fa0; --void-edge: #8f6fd6;
              --s1: #56b4ff; --s2: #ffb347; --s3: #f29ac6; --s4: #3fcf9f; --s5: #9be0ff; --s6: #ccc;
              --target: #5fd07f; --acceptable: #f0a04b; --critical: #ff6b7f; --shade: #22282f; --grid: #2f353c; } }
            body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper);
              margin: 0 auto; max-width: 940px; padding: 16px; }
            header { border-left: 10px solid; padding: 10px 18px; border-radius: 4px; }
            header.passed { background: var(--good-paper); border-color: var(--good-edge); }
            header.failed { background: var(--bad-paper); border-color: var(--bad-edge); }
            header.invalid { background: var(--void-paper); border-color: var(--void-edge); }
            header.acceptable { background: var(--close-paper); border-color: var(--close-edge); }
            .outcome { font-size: 24px; line-height: 1.25; font-weight: 700; margin: 0; }
            .passed .outcome { color: var(--good); } .failed .outcome { color: var(--bad); }
            .invalid .outcome { color: var(--void); } .acceptable .outcome { color: var(--close); }
            h1 { font-size: 18px; margin: 4px 0 0; overflow-wrap: anywhere; max-height: 12em; overflow-y: auto; }
            .plan { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
            header ul { margin: 6px 0 0; padding-left: 20px; overflow-wrap: anywhere; }
            h2 { font-size: 17px; margin: 26px 0 6px; border-bottom: 1px solid var(--line); }
            p { overflow-wrap: anywhere; }
            .modes { margin: 10px 0; }
            .chip { display: inline-block; border: 1px solid var(--edge); border-radius: 12px; padding: 1px 10px;
              margin: 2px 2px 2px 0; background: var(--panel); overflow-wrap: anywhere; max-width: 100%;
              box-sizing: border-box; }
            .chip.scaled { background: var(--close-mark); border-color: var(--close-edge); font-weight: 700; }
            .warning { background: var(--close-mark); border-left: 6px solid var(--close-edge); padding: 6px 12px;
              white-space: pre-wrap; overflow-wrap: anywhere; }
            .scroll { overflow-x: auto; } .steps { max-height: 520px; } .steps table { font-size: 13px; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid var(--line); vertical-align: top;
              overflow-wrap: anywhere; min-width: 4em; }
            thead th { overflow-wrap: normal; white-space: nowrap; }
            th small { display: block; font-weight: 400; color: var(--soft); }
            td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; min-width: 0; }
            .figures thead th + th, .steps thead th.number { text-align: right; min-width: 0; }
            .figures tbody th, .steps tbody th { min-width: 8em; }
            td.actual, td.band { font-weight: 700; } td.band { white-space: nowrap; }
            td.note { min-width: 12em; } .steps td.note { min-width: 26em; } .verdict td.band + td { min-width: 7em; }
            .band-target .band { background: var(--good-mark); color: var(--good); }
            .band-acceptable .band { background: var(--close-mark); color: var(--close); }
            .band-critical .band { background: var(--bad-mark); color: #fff; }
            .band-critical th { color: var(--bad); }
            tr.band-critical { background: var(--bad-paper); }
            .band-no-data .band { background: var(--void-mark); color: #fff; }
            dl { display: flex; flex-wrap: wrap; gap: 8px 26px; margin: 8px 0; }
            dl > div { max-width: 100%; }
            dt { color: var(--soft); font-size: 13px; } dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
            figure { margin: 18px 0; } figcaption { color: var(--soft); overflow-wrap: anywhere; }
            figcaption b { color: var(--ink); }
            svg.plot { display: block; width: 100%; max-width: 820px; height: auto; color: var(--soft); }
            .plot text { font: 14px system-ui, sans-serif; fill: var(--soft); }
            pre { background: var(--panel); padding: 10px; overflow-x: auto; font-size: 12px; max-height: 320px; }
            pre.command { white-space: pre; overflow-x: auto; font-size: 13px; margin: 4px 0; }
            details { margin: 6px 0; }
            summary { overflow-wrap: anywhere; cursor: pointer; }
            @media (max-width: 600px) {
              body { padding: 10px; } .outcome { font-size: 20px; } header { padding: 8px 12px; }
              .plot text { font-size: 18px; } .plot text.legend-item { font-size: 15px; }
            }
            """;
}
