// What a study's page adds to the style sheets of all pages and of models: ranges, levels as shares, swings.

#include "report/study_sections.hpp"

namespace evenkeel::report::study {
namespace {

constexpr std::string_view css = R"css(
.first{border:1px solid var(--rule);border-left:6px solid var(--data);background:var(--wash);padding:.8rem 1.1rem;
  margin:.8rem 0 1rem}
.first dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.35rem 1.1rem;margin:0}
.first dt{font-weight:650}
.first dd{margin:0;max-width:52rem}
.look{max-width:46rem}
.whisker{stroke-width:1.6}
.whisker.s1,.point.s1{stroke:var(--c1)}.whisker.s2,.point.s2{stroke:var(--c2)}
.whisker.s3,.point.s3{stroke:var(--c3)}.whisker.s4,.point.s4{stroke:var(--c4)}
.inner{fill-opacity:.32}
svg circle.point,svg polygon.point{stroke:var(--bg);stroke-width:1}
svg line.point{stroke-width:2.4}
svg text.label{fill:var(--ink)}
svg text.value{font-weight:400;fill:var(--quiet)}
.base{stroke:var(--ink);stroke-width:1;stroke-dasharray:3 3}
.part{stroke:none}
.part.p0{fill:var(--hair)}.part.p1{fill:var(--ghost)}.part.p2{fill:var(--l2)}
.part.p3{fill:var(--l3)}.part.p4{fill:var(--l4)}
svg .on{font-weight:600;fill:var(--bg)}
svg .on.p0,svg .on.p1{fill:var(--ink)}
.swing{fill:var(--ghost);stroke:none}
.end-low{fill:var(--bg);stroke:var(--data);stroke-width:1.8}
.end-high{fill:var(--data);stroke:var(--bg);stroke-width:1}
.bar{display:block;height:.4rem;background:var(--data);min-width:1px;margin-top:.15rem}
.bar.false{background:repeating-linear-gradient(45deg,var(--warn) 0 3px,transparent 3px 5px)}
.verdict{font-weight:600;white-space:nowrap}
.worst{color:var(--warn)}
.rules td:nth-child(2),.rules td:nth-child(4){min-width:6.5rem}
.key.glyph.s1{color:var(--c1)}.key.glyph.s2{color:var(--c2)}.key.glyph.s3{color:var(--c3)}
.key.glyph.s4{color:var(--c4)}
@media (max-width:700px){.first dl{grid-template-columns:minmax(0,1fr);gap:.1rem}.first dd{margin-bottom:.5rem}}
@media print{:root{--c1:#0f4d6e;--c2:#7a2f66;--c3:#2f5716;--c4:#6e3c00}
  .first{break-inside:avoid}section>h2,.look,.legend{break-after:avoid}.wide svg{max-width:620px}}
)css";

}  // namespace

std::string_view style() {
  return css;
}

}  // namespace evenkeel::report::study
