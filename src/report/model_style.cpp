// What model pages and simulations add to the style sheet of all pages: boxes and arrows, several curves
// told apart by colour and by dash, and bands.

#include "report/document.hpp"

namespace evenkeel::report {
namespace {

constexpr std::string_view css = R"css(
:root{--c1:#155c82;--c2:#8c3b76;--c3:#3f6b1f;--c4:#8a4b00;--spread:.16;--spread-inner:.2}
@media (prefers-color-scheme:dark){:root{--c1:#7cc3ea;--c2:#e39ccc;--c3:#a5d079;--c4:#e7b264;
  --spread:.2;--spread-inner:.22}}
.lead{font-size:1.0625rem;max-width:46rem}
.diagram{margin:.6rem 0}
.wide .diagram svg{max-width:none}
.box{fill:var(--bg);stroke:var(--quiet);stroke-width:1.2}
.box.predicted{fill:var(--shade);stroke:var(--data);stroke-width:1.6}
.box.route{stroke:var(--rule);stroke-width:1.2;fill:var(--wash)}
.box.delay{stroke-dasharray:4 3}
.flow{fill:none;stroke:var(--ink);stroke-width:1.3}
.flow.entry{stroke:var(--quiet)}
.flow.head{fill:var(--ink);stroke:none}
.flow.entry.head{fill:var(--quiet)}
svg .flow-text{font-style:italic;paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
.legend.in-line{display:flex;flex-wrap:wrap;gap:.1rem 1.6rem;margin:.4rem 0 .4rem}
.legend.in-line li{padding-left:0}
.legend.in-line .key{margin-left:0}
.key.box.predicted{background:var(--shade);border:1.5px solid var(--data)}
.key.box.route{background:var(--wash);border:1px solid var(--rule);border-radius:.5em}
.key.box.delay{border:1px dashed var(--quiet)}
.curve.s1,.curve.s2,.curve.s3,.curve.s4{stroke-width:2}
.curve.s1{stroke:var(--c1)}
.curve.s2{stroke:var(--c2);stroke-dasharray:8 3}
.curve.s3{stroke:var(--c3);stroke-dasharray:3 3}
.curve.s4{stroke:var(--c4);stroke-dasharray:9 3 2 3}
svg .name{font-weight:600;paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
svg .s1{fill:var(--c1)}svg .s2{fill:var(--c2)}svg .s3{fill:var(--c3)}svg .s4{fill:var(--c4)}
svg polyline.s1,svg polyline.s2,svg polyline.s3,svg polyline.s4{fill:none}
.spread{fill:var(--data);fill-opacity:var(--spread);stroke:none}
.key.box.spread{background:var(--data);opacity:.3}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(420px,100%),1fr));gap:1rem 2.2rem}
.pair svg{max-width:560px}
.level-band{fill:var(--band)}
svg .level-name{fill:var(--level);paint-order:stroke;stroke:var(--bg);stroke-width:3px;stroke-linejoin:round}
.dose-mark{fill:var(--quiet)}
.key.line.s1{border-top:2px solid var(--c1)}
.key.line.s2{border-top:2px dashed var(--c2)}
.key.line.s3{border-top:2px dotted var(--c3)}
.key.line.s4{border-top:2px dashed var(--c4)}
.key.box.level-band{background:var(--band);border-top:1px dotted var(--level);border-bottom:1px dotted var(--level)}
.multiples.yardsticks{grid-template-columns:repeat(auto-fill,minmax(min(240px,100%),1fr))}
.multiples.yardsticks svg{max-width:320px}
.formula{white-space:nowrap;font-variant-numeric:tabular-nums}
sup{line-height:0}
th small,.formula small{display:block;font-weight:400}
.of-models tbody th{min-width:14rem}
@media print{
  .pair{grid-template-columns:repeat(2,minmax(0,1fr))}
}
)css";

}  // namespace

std::string_view model_style_sheet() {
  return css;
}

}  // namespace evenkeel::report
