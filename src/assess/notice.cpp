#include "assess/notice.hpp"

namespace evenkeel::assess {

Noticed notice(const NoticeQuestion& q) {
  Noticed found;
  found.rules = watch::run(
      q.rules, {q.valid, q.sessions, q.scores, q.plan, q.now, q.instruments, q.prediction, q.kinds, q.plans});
  found.level = watch::level_of(found.rules);
  found.since = watch::reached(found.level, found.rules);
  return found;
}

}  // namespace evenkeel::assess
