package io.stampede.reports;

/** How the summary looks. */
final class Styles {

    private Styles() {}

    static final String CSS = """

            body { font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto;
              max-width: 940px; padding: 16px; }
            header { border-left: 10px solid; padding: 10px 18px; border-radius: 4px; }
            header.passed { background: #e6f4ea; border-color: #1b7837; }
            header.failed { background: #fdeaea; border-color: #b00020; }
            header.invalid { background: #eee8f5; border-color: #5e3c99; }
            header.acceptable { background: #fff7e0; border-color: #b35806; }
            .acceptable .outcome { color: #7a4100; }
            .outcome { font-size: 24px; font-weight: 700; margin: 0; }
            .passed .outcome { color: #14602b; } .failed .outcome { color: #9a001c; }
            .invalid .outcome { color: #4b2e83; }
            h1 { font-size: 18px; margin: 4px 0 0; overflow-wrap: anywhere; } .plan { margin: 0; color: #444; }
            header ul { margin: 6px 0 0; padding-left: 20px; }
            h2 { font-size: 17px; margin: 26px 0 6px; border-bottom: 1px solid #ddd; }
            .modes { margin: 10px 0; }
            .chip { display: inline-block; border: 1px solid #bbb; border-radius: 12px; padding: 1px 10px;
              margin: 2px 2px 2px 0; background: #f6f6f6; overflow-wrap: anywhere; }
            .chip.scaled { background: #fff3cd; border-color: #b35806; font-weight: 700; }
            .warning { background: #fff3cd; border-left: 6px solid #b35806; padding: 6px 12px; white-space: pre-wrap;
              overflow-wrap: anywhere; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid #e4e4e4; vertical-align: top;
              overflow-wrap: anywhere; }
            thead th { overflow-wrap: normal; white-space: nowrap; }
            th small { display: block; font-weight: 400; color: #555; }
            td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            .figures thead th + th { text-align: right; }
            td.actual, td.band { font-weight: 700; white-space: nowrap; }
            .band-target .band { background: #d6efdd; color: #14602b; }
            .band-acceptable .band { background: #fff0c2; color: #7a4100; }
            .band-critical .band { background: #b00020; color: #fff; }
            .band-critical th { color: #9a001c; }
            tr.band-critical { background: #fdeaea; }
            .band-no-data .band { background: #4b2e83; color: #fff; }
            dl { display: flex; flex-wrap: wrap; gap: 8px 26px; margin: 8px 0; }
            dt { color: #555; font-size: 13px; } dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
            figure { margin: 14px 0; } figcaption { color: #444; overflow-wrap: anywhere; }
            figure svg { max-width: 100%; }
            .scroll { overflow-x: auto; max-height: 520px; } .scroll table { font-size: 13px; }
            pre { background: #f6f6f6; padding: 10px; overflow-x: auto; font-size: 12px; max-height: 320px; }
            summary { overflow-wrap: anywhere; cursor: pointer; }
            """;
}
