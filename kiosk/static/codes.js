// What a code means that was scanned, or typed by a scanner: a ticket, a booking, an ID number, or something else. Pure.
const TICKET = /\/t\/([\w-]{8,64})\/?$/;
const BOOKING = /^[A-HJ-NP-Z2-9]{8}$/; // the letters of hall/bookings.py
const ID = /^\d{17}[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

/** Is it a citizen's number as GB 11643 checks it? A slip of the finger is told here, not at the window. */
export function rightId(id) {
  if (!ID.test(id)) return false;
  const sum = WEIGHTS.reduce((all, weight, i) => all + weight * Number(id[i]), 0);
  return CHECKS[sum % 11] === id[17];
}

/** {kind: "ticket", token}, {kind: "booking", code}, {kind: "id", number} or {kind: "other", text}. */
export function meaningOf(scanned) {
  const text = scanned.normalize("NFKC").trim();
  const [, token] = TICKET.exec(text) ?? [];
  if (token) return { kind: "ticket", token };
  const plain = text.toUpperCase();
  if (rightId(plain)) return { kind: "id", number: plain };
  const code = plain.replace(/[\s-]/g, "");
  if (BOOKING.test(code)) return { kind: "booking", code };
  return { kind: "other", text };
}
