// 首页: search, what is asked for most today, and the zones in letter order, which never move.
import { html } from "/static/shared/vendor/htm-preact.module.js";
import { Icon, Tile } from "/static/shared/parts.js";
import { Paged } from "../paging.js";
import { nameOf, noTickets, noticeOf, noWindow, spoken, t } from "../words.js";

const FEW_ZONES = 4; // so few are drawn in one column, larger
const POPULAR_SHOWN = 4;
const EXAMPLES_SHOWN = 4;

/** "等 18 人·10–20 分钟": from the shortest to the longest wait of the queues in which somebody waits; or no window is open. */
export function zoneLine(zone, view, { large, low }) {
  if (!zone.open) return noTickets(zone, view.now);
  const shut = noWindow(zone, view.now);
  if (low && !large)
    return zone.waiting ? t("waiting_low", { floor: zone.floor, n: zone.waiting }) : shut || t("no_wait");
  if (zone.waiting === 0) return shut || (large ? t("no_wait") : t("nobody_waits"));
  return t("waiting_about", { n: zone.waiting, range: zone.estimate ? spoken(zone.estimate) : shut || t("unknown") });
}

/** What a zone is for, in its own services' names: a hall of few zones has the room to say it. */
const examples = (zone, services) =>
  services
    .filter((service) => service.zone === zone.id)
    .slice(0, EXAMPLES_SHOWN)
    .map(nameOf)
    .join(t("comma"));

const Zone = ({ zone, view, settings, go, aside }) =>
  html`<button key=${zone.id} class="btn zone" disabled=${!zone.open} onClick=${() => go({ at: "zone", zone: zone.id })}>
    <${Tile} letters=${zone.letter} />
    <span class="what">
      <span class="name"><b>${nameOf(zone)}</b><span class="fl">${t("floor_short", { floor: zone.floor })}</span></span>
      <span class="q">${settings.large ? `${t("floor", { floor: zone.floor })} · ` : ""}${zoneLine(zone, view, settings)}</span>
      ${aside && html`<span class="q eg">${aside}</span>`}
    </span>
    ${settings.large && html`<${Icon} name="i-chevron" />`}
  </button>`;

export function Home({ view, services, settings, go }) {
  const { large, low } = settings;
  const byId = new Map(services.map((service) => [service.id, service]));
  const popular = view.popular.map((id) => byId.get(id)).filter((service) => service?.open !== false && service);
  // large type sorts by use, so that the likely choice is on the first page
  const zones = large ? [...view.zones].sort((a, b) => b.waiting - a.waiting) : view.zones;
  const booked = services.some((service) => service.bookings);
  const few = zones.length <= FEW_ZONES;
  return html`<main class="home ${few ? `few few-${zones.length}` : ""}" data-zones=${zones.length}>
    <div class="find">
      <h1>${large ? t("choose_large") : t("choose")}</h1>
      <button class="search" onClick=${() => go({ at: "search", query: "" })}>
        <${Icon} name="i-search" /><span class="q">${low || large ? t("search_short") : t("search")}</span>
      </button>
      ${!low &&
      !large &&
      popular.length > 0 &&
      html`<section class="popular">
        <h2 class="label">${t("popular")}</h2>
        <div class="fast">
          ${popular.slice(0, POPULAR_SHOWN).map(
            (service) => html`<button
              key=${service.id}
              class="btn"
              onClick=${() => go({ at: "confirm", service: service.id, from: { at: "home" } })}
            >
              <${Tile} letters=${service.letters} /><span class="name">${nameOf(service)}</span>
            </button>`,
          )}
        </div>
      </section>`}
      <div class="more ${booked ? "two" : ""}">
        ${booked &&
        html`<button class="btn check-in" onClick=${() => go({ at: "checkin" })}>
          <${Icon} name="i-booking" />${t("booked")}
        </button>`}
        <button class="btn progress" onClick=${() => go({ at: "progress" })}>
          <${Icon} name="i-clock" />${low || booked ? t("progress_short") : t("progress")}
        </button>
      </div>
    </div>
    <section class="all">
      <h2 class="label">${t("zones")}</h2>
      <${Paged}
        items=${zones}
        cls="zones"
        large=${large}
        draw=${(zone) => Zone({ zone, view, settings, go, aside: few && !low && examples(zone, services) })}
        resets=${large}
      />
      ${view.notice && !low && !large && html`<p class="notice">${noticeOf(view)}</p>`}
    </section>
  </main>`;
}
