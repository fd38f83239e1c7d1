// Live views: join, draw the whole view, join again after every reconnect. A page is render(view).
import { io } from "/static/shared/vendor/socket.io.esm.min.js";

export { html, render, useState, useEffect, useRef, useMemo } from "/static/shared/vendor/htm-preact.module.js";

export const OFFLINE_SHOWN_AFTER_MS = 3000;
const ASK_AGAIN_MS = 1000;

let token = "";
const watched = new Map();
const listeners = new Set();
let downSince = null;

export const socket = io({ transports: ["websocket"], auth: (tell) => tell({ token }), reconnectionDelayMax: 2000 });

/** The bearer token of this page, if it has one: used by the socket and by api(). */
export function useToken(value) {
  token = value || "";
  if (socket.connected) socket.disconnect().connect();
}

function join({ view, of }) {
  socket.emit("watch", { view, of });
}

/** onView(data, seq) now and after each change. Older views than the one shown are dropped. */
export function watch(view, of, onView) {
  const key = `${view} ${of}`;
  watched.set(key, { view, of, onView, seq: -1 });
  if (socket.connected) join({ view, of });
  return () => {
    watched.delete(key);
    socket.emit("unwatch", { view, of });
  };
}

/** onLink({online, since}) whenever the link to the hub goes or comes; since is a Date or null. */
export function onLink(listener) {
  listeners.add(listener);
  listener({ online: socket.connected, since: downSince });
  return () => listeners.delete(listener);
}

function tellLink() {
  for (const listener of listeners) listener({ online: socket.connected, since: downSince });
}

socket.on("connect", () => {
  downSince = null;
  for (const each of watched.values()) {
    each.seq = -1; // a restarted hub may count anew; the whole view follows
    join(each);
  }
  tellLink();
});
socket.on("disconnect", (why) => {
  downSince = new Date();
  tellLink();
  if (why === "io server disconnect") setTimeout(() => socket.connect(), ASK_AGAIN_MS); // the client would wait for ever
});
socket.on("connect_error", () => {
  downSince ??= new Date();
  tellLink();
  if (!socket.active) setTimeout(() => socket.connect(), ASK_AGAIN_MS); // refused, and so given up by the client
});
socket.on("view", ({ view, of, seq, data }) => {
  const each = watched.get(`${view} ${of}`);
  if (!each || seq < each.seq) return;
  each.seq = seq;
  each.onView(data, seq);
});

export const newId = () =>
  crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

/** POST or GET under /api/v1. Answers {status, ok, body}; a POST that is sent again with the same id does nothing twice. */
export async function api(method, path, body, id = newId()) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["Idempotency-Key"] = id;
  if (token) headers.Authorization = `Bearer ${token}`;
  try {
    const answer = await fetch(`/api/v1/${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    return { status: answer.status, ok: answer.ok, body: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, ok: false, body: { code: "offline" } };
  }
}

/** Tell the hub what this page has shown or spoken (a receipt): kind is "shown" or "spoken". */
export function receipt(kind, data) {
  socket.emit("receipt", { kind, ...data });
}
