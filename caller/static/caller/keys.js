// The F-keys of the desk: which act each one is, and whether it can act now. No DOM.

/** What F2 does in this state: the next sensible act. {name, label} where label is a path into the words. */
export function mainAct(view) {
  if (view.state === "closed" || view.state === "paused") return { name: "open", label: ["open", view.state] };
  // 一票到底: what finishes one step sends the ticket on to the next
  if (view.ticket?.state === "serving" && view.ticket.visit?.next.length) return { name: "finish", label: ["keys", "step"] };
  const name = ["called", "arrived"].includes(view.ticket?.state) ? "start" : view.ticket ? "finish" : "next";
  return { name, label: ["keys", name] };
}

// `asks`: opens a dialog instead of sending at once
const TABLE = [
  { key: "F3", name: "recall" },
  { key: "F4", name: "no-show" },
  { key: "F5", name: "arrive" },
  { key: "F6", name: "hold" },
  { key: "F7", name: "transfer", asks: true },
  { key: "F8", name: "outcome", needs: "finish", asks: true },
  { key: "F9", name: "call", asks: true },
  { key: "F10", name: "pause", asks: true },
  { key: "F12", name: "more", asks: true },
];

/** Takes back the last step: it stands beside what was done, not along the foot. */
export const undoOf = (view) => ({ key: "F1", name: "undo", label: ["keys", "undo"], can: view.can.includes("undo") });

/** Every key along the foot: {key, name, label, can, asks, main}; `needs` is what the hub must allow for it. */
export function keysOf(view) {
  const can = new Set(view.can);
  const main = mainAct(view);
  return [
    { key: "F2", ...main, can: can.has(main.name), main: true },
    ...TABLE.map((each) => ({ ...each, label: ["keys", each.name], can: each.name === "more" || can.has(each.needs ?? each.name) })),
  ];
}
