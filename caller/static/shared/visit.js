// 一票到底: the steps of a ticket's visit as a page draws them.

/** The steps of `visit` (telling.visit): [{name, state: "done"|"now"|"next"}]; [] for a ticket of one step. */
export function stepsOf(visit) {
  const steps = visit?.steps ?? [];
  if (steps.length < 2) return [];
  return steps.map(({ name, queues, done, skipped }, at) => {
    const over = queues.every((queue) => done.includes(queue) || skipped.includes(queue));
    return { name, state: at + 1 === visit.step && !over ? "now" : at + 1 < visit.step || over ? "done" : "next" };
  });
}
