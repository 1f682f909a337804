// The page's style sheet. One family of greys, one blue for data, five tones for levels (always
// beside a number, a word and a shape). Text keeps a contrast of 4.5 to 1 on its ground, light and dark.

#include "report/document.hpp"

namespace evenkeel::report {
namespace {

constexpr std::string_view css = R"css(
:root{
  color-scheme:light dark;
  --bg:#fff;--ink:#1b2024;--quiet:#566069;--rule:#c6ccd1;--hair:#e6e9ec;--wash:#f5f7f8;
  --data:#155c82;--ghost:#a9bccb;--shade:#dfe9f0;--band:rgba(176,112,20,.075);--level:#96701f;
  --warn:#8a4b00;--bad:#a3201d;
  --l0:#2c6a4b;--l1:#46617f;--l2:#855600;--l3:#b03f12;--l4:#a3182a;
}
@media (prefers-color-scheme:dark){:root{
  --bg:#14171a;--ink:#e4e7ea;--quiet:#a3adb6;--rule:#434b53;--hair:#2a3037;--wash:#1b2025;
  --data:#7cc3ea;--ghost:#4d6475;--shade:#22303b;--band:rgba(226,170,80,.085);--level:#d3aa58;
  --warn:#e7b264;--bad:#ff9a94;
  --l0:#82cba6;--l1:#a9bfda;--l2:#e3b75f;--l3:#f59c70;--l4:#ff9197;
}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:1.6rem 1.25rem 3rem;max-width:1100px;background:var(--bg);color:var(--ink);
  font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;
  overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.2;margin:.1rem 0 .2rem;font-weight:650}
h2{font-size:1.2rem;line-height:1.3;margin:0 0 .8rem;font-weight:650}
h3{font-size:1rem;margin:0 0 .4rem;font-weight:650}
p{margin:0 0 .6rem}
ul{margin:0 0 .8rem;padding-left:1.15rem}
li{margin:.15rem 0}
small,.fine,.cite,.over,.asof{font-size:.875rem;color:var(--quiet)}
.cite{font-weight:400}
code{font:.875em ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
a{color:var(--data);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--data);outline-offset:2px}
section,footer{border-top:1px solid var(--rule);margin-top:2rem;padding-top:1rem}
.over{margin:0;letter-spacing:.01em}
.asof{margin:0 0 1rem}
.aside{color:var(--quiet);font-weight:400;font-size:.875rem}

.facts{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:.8rem 1.6rem;margin:0;
  padding:.8rem 0;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule)}
.facts dt{font-size:.875rem;color:var(--quiet)}
.facts dd{margin:0;font-size:1.1rem;font-weight:600;line-height:1.35}
.facts small{display:block;font-weight:400}

.panel{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,7fr);gap:1.2rem 2.4rem;margin-top:1.2rem;
  padding:1.1rem 1.3rem;border:1px solid var(--rule);border-left:6px solid var(--tone);background:var(--wash)}
.panel h2{margin-bottom:.5rem}
.level{font-size:1.5rem;line-height:1.25;margin:0 0 .6rem;font-weight:650}
.level strong{display:block;font-size:1.15rem;color:var(--tone)}
.shape{color:var(--tone)}
.steps{display:flex;gap:3px;margin-bottom:.8rem;max-width:15rem}
.step{flex:1;text-align:center;font-size:.875rem;border:1px solid var(--rule);color:var(--quiet);
  padding:.05rem 0;background:var(--bg)}
.step.here{background:var(--tone);border-color:var(--tone);color:var(--bg);font-weight:700}
.level-0{--tone:var(--l0)}.level-1{--tone:var(--l1)}.level-2{--tone:var(--l2)}
.level-3{--tone:var(--l3)}.level-4{--tone:var(--l4)}
.partial{--tone:var(--quiet)}
.reach{font-weight:600;color:var(--warn);font-size:.9375rem}
.counts{list-style:none;padding:0;margin:0;font-size:.9375rem}
.counts b{display:inline-block;min-width:1.3rem;font-variant-numeric:tabular-nums}
.counts .weighty{font-weight:600}
.actions{list-style:none;margin:0;padding:0}
.actions li{padding:.5rem 0;border-top:1px solid var(--rule)}
.actions li:first-child{border-top:0;padding-top:0}
.actions p{margin:.1rem 0;font-size:1.0625rem}
.by{font-size:.9375rem;font-variant-numeric:tabular-nums}
.tag{display:inline-block;font-size:.8125rem;font-weight:600;border:1px solid currentColor;padding:0 .4em;
  border-radius:2px;line-height:1.45}
.urgent .tag{color:var(--bad)}

nav{margin:1rem 0 0;font-size:.9375rem;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}

time{white-space:nowrap}
.finding{border-left:4px solid var(--tone);padding:.1rem 0 .1rem 1.1rem;margin:0 0 2rem}
.mark{color:var(--tone);font-weight:650;font-size:.9375rem;line-height:1.7;white-space:nowrap}
.statements{list-style:none;margin:0 0 .6rem;padding:0}
.statements li{margin:0 0 .5rem;display:grid;grid-template-columns:5.4rem minmax(0,1fr)}
.statements p{margin:0}
.says{margin:0;font-size:1.0625rem;font-weight:550}
.rests,.closure{margin:0;font-size:.875rem;color:var(--quiet)}
.finding.closed{--tone:var(--quiet);color:var(--quiet)}
.closed .mark{color:var(--quiet)}
.closed .says{font-weight:400}
.closure{font-weight:600}
.reading{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 2.4rem}
.reading,.footing{margin:0}
.reading dt,.footing dt{color:var(--quiet);font-size:.875rem}
.reading dd,.footing dd{margin:0 0 .6rem}
.footing{font-size:.875rem;line-height:1.45}
.footing .plain{columns:2;column-gap:2.4rem}
.footing .plain li{break-inside:avoid}
.footing .plain li:only-child{column-span:all}
.says::first-letter,.actions p::first-letter{text-transform:uppercase}
.plain{list-style:none;padding:0;margin:0}
.plain li{margin:0 0 .4rem}
.grade{display:inline-block;border:1px solid var(--rule);padding:0 .35em;font-size:.8125rem;border-radius:2px}
.seen.all ul{columns:2;column-gap:2.4rem}
.seen.all li{break-inside:avoid}
.seen,.unseen{margin:0 0 1rem}
.two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem 2.4rem;font-size:.9375rem}
.unseen{border-left:4px dashed var(--warn);padding-left:1rem}
.seen{border-left:4px solid var(--rule);padding-left:1rem}
.unseen h3{color:var(--warn)}
.refusal{border-left:4px solid var(--warn);padding-left:1rem}

.beside{display:grid;grid-template-columns:minmax(0,2.1fr) minmax(0,1fr);gap:1rem 2.2rem;align-items:start}
.model,.plan{font-size:.9375rem}
.model{color:var(--quiet)}
.model h3{color:var(--ink)}
.caveats{padding-left:1rem}
dl.plan{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;margin:0}
.plan dt{color:var(--quiet)}
.plan dd{margin:0}

figure{margin:0 0 1.6rem}
figcaption{font-weight:600;margin-bottom:.4rem;font-size:.9375rem}
svg{display:block;width:100%;height:auto;overflow:visible}
.narrow{display:none}
.wide svg{max-width:760px}
.multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(196px,1fr));gap:1.1rem 1.2rem}
.multiples svg{max-width:260px}
.multiples svg text{font-size:13px}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(300px,100%),1fr));gap:1rem 2.2rem}
.panels svg,.side svg{max-width:430px}
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;
  fill:var(--ink);font-variant-numeric:tabular-nums}
svg .tick,svg .note{fill:var(--quiet)}
svg .head,svg .value,svg .peak{font-weight:600}
svg .value,svg .peak{fill:var(--data)}
svg .value,svg .peak,svg .aim-text,svg .crossing{paint-order:stroke;stroke:var(--bg);stroke-width:3px;
  stroke-linejoin:round}
svg .aim-text{fill:var(--l0);font-weight:600}
svg .crossing{fill:var(--bad);font-weight:700}
.grid{stroke:var(--hair);stroke-width:1}
.axis{stroke:var(--rule);stroke-width:1}
.curve{fill:none;stroke:var(--data);stroke-width:2;stroke-linejoin:round}
.curve.ghost{stroke:var(--ghost);stroke-width:1.2}
.infusion{fill:var(--shade)}
.band{fill:var(--band)}
.refline{stroke:var(--level);stroke-width:1;stroke-dasharray:1 3;stroke-linecap:round}
.bandline{stroke:var(--rule);stroke-width:1}
.aim{stroke:var(--l0);stroke-width:1.2;stroke-dasharray:5 4}
.plan-line{fill:none;stroke:var(--quiet);stroke-width:1.4;stroke-dasharray:5 4}
.stem{stroke:var(--data);stroke-width:1.5}
.dot,.measured{fill:var(--data);stroke:var(--bg);stroke-width:1}
.measured{fill:var(--ink)}
.dot.hollow{fill:var(--bg);stroke:var(--data);stroke-width:1.5}
.measured.hollow{fill:var(--bg);stroke:var(--ink);stroke-width:1.5}
.dose-tick{stroke:var(--quiet);stroke-width:1.5}
.no-total{stroke:var(--warn);stroke-width:1.8}
.pressure{stroke:var(--data);stroke-width:1.8}
.crossed{fill:none;stroke:var(--bad);stroke-width:1.8}
.legend{list-style:none;padding:0;margin:0 0 1.2rem;font-size:.875rem;color:var(--quiet)}
.legend li{padding-left:2.2em}
.legend .key{margin-left:-2.2em}
.key{display:inline-block;width:1.6em;margin-right:.6em;vertical-align:middle}
.key.line{border-top:2px solid var(--data)}
.key.line.ghost{border-top:1.5px solid var(--ghost)}
.key.box{height:.85em}
.key.box.infusion{background:var(--shade)}
.key.box.band{background:var(--band);border-bottom:1px dotted var(--level)}
.key.glyph{vertical-align:baseline;text-align:center;color:var(--ink)}

.scroll{overflow-x:auto;margin:0 0 1rem;background:linear-gradient(to right,var(--bg) 40%,transparent),
  linear-gradient(to left,var(--bg) 40%,transparent) 100% 0,linear-gradient(to right,var(--rule),transparent),
  linear-gradient(to left,var(--rule),transparent) 100% 0;background-repeat:no-repeat;
  background-size:36px 100%,36px 100%,10px 100%,10px 100%;background-attachment:local,local,scroll,scroll}
caption span{position:sticky;left:0;display:inline-block;max-width:min(1060px,calc(100vw - 2.4rem))}
table{border-collapse:collapse;width:100%;font-size:.9375rem;line-height:1.4;font-variant-numeric:tabular-nums;
  overflow-wrap:normal}
caption{text-align:left;font-weight:600;padding:.2rem 0 .4rem}
th,td{text-align:left;vertical-align:top;padding:.32rem .9rem .32rem 0;border-bottom:1px solid var(--hair)}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:400;font-size:.875rem;color:var(--quiet);border-bottom:1px solid var(--rule);
  vertical-align:bottom}
tbody th{font-weight:600}
td small{display:block}
.n{text-align:right}
td.n{white-space:nowrap}
.footnotes{list-style:none;padding:0;font-size:.875rem;color:var(--quiet)}
.state,.kind{white-space:nowrap}
.pressing,.kind.crossed{color:var(--bad);font-weight:650}
.kind.missing,.kind.late{color:var(--warn);font-weight:600}
summary{cursor:pointer;font-size:.9375rem;color:var(--data);padding:.15rem 0}
details .scroll{margin-top:.4rem}
.decide li{font-weight:600}
.columns{columns:2;column-gap:2.4rem;font-size:.9375rem}
.columns.fine{font-size:.8125rem}
.columns li{break-inside:avoid}
.versions{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;font-size:.875rem;
  color:var(--quiet)}
footer h2{font-size:1rem;margin:.8rem 0 .2rem}
footer p{font-size:.9375rem}

@media (max-width:900px){
  .beside,.panel{grid-template-columns:minmax(0,1fr)}
  .facts{grid-template-columns:repeat(2,minmax(0,1fr))}
}
@media (max-width:700px){
  body{padding:1rem .9rem 2rem}
  .two,.reading{grid-template-columns:minmax(0,1fr)}
  .columns,.seen.all ul,.footing .plain{columns:1}
  .multiples{grid-template-columns:repeat(2,minmax(0,1fr));gap:.9rem .8rem}
  .wide{display:none}
  .narrow{display:block}
  th,td{padding-right:.7rem}
  .w{min-width:15rem}
  tbody th{position:sticky;left:0;background:var(--bg)}
  .statements li{grid-template-columns:minmax(0,1fr)}
}
@page{size:A4;margin:14mm 14mm 16mm}
@media print{
  :root{color-scheme:light;
    --bg:#fff;--ink:#000;--quiet:#3a4147;--rule:#9aa1a7;--hair:#d8dcdf;--wash:#fff;
    --data:#0f4d6e;--ghost:#a0b0bc;--shade:#e3ebf0;--band:rgba(150,95,10,.08);--level:#6d5010;
    --warn:#6e3c00;--bad:#8a1613;--l0:#1f5138;--l1:#36506b;--l2:#6b4500;--l3:#93330d;--l4:#8a1222}
  html{font-size:9pt}
  .footing,.columns.fine{font-size:7.6pt}
  .finding{margin-bottom:1.2rem}
  body{max-width:none;padding:0;-webkit-print-color-adjust:exact;print-color-adjust:exact}
  nav,details{display:none}
  a{color:inherit;text-decoration:none}
  .facts{grid-template-columns:repeat(4,minmax(0,1fr))}
  .panel{grid-template-columns:minmax(0,3fr) minmax(0,7fr)}
  .beside{grid-template-columns:minmax(0,1fr)}
  .two{grid-template-columns:repeat(2,minmax(0,1fr))}
  .side{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem 1.6rem}
  .wide{display:block}
  .narrow{display:none}
  .wide svg{max-width:100%}
  .multiples{grid-template-columns:repeat(4,minmax(0,1fr))}
  .scroll{overflow:visible;background:none}
  caption span{position:static;max-width:none}
  table{font-size:8.5pt}
  thead th,small,.fine,.cite{font-size:8pt}
  th,td{padding-right:.6rem}
  section,footer{margin-top:1.2rem;padding-top:.7rem}
  h2,h3,caption,figcaption{break-after:avoid}
  .finding,figure,.panel,tr,.multiples svg,footer{break-inside:avoid}
  thead{display:table-header-group}
}
)css";

}  // namespace

std::string_view style_sheet() {
  return css;
}

}  // namespace evenkeel::report
