// The flat plan of one floor, seen from above.
import { html } from "/static/shared/vendor/htm-preact.module.js";
import { zoneClass } from "/static/shared/parts.js";
import { GoalMark, Here, liftName, Stretch, WIDE, ZoneName } from "./shapes.js";
import { nameOf, t } from "../words.js";

const MARGIN = 4;

/** Window numbers in their counter; where they are too close, the first, the last and the one looked for. */
function Numbers({ counter, scale, type }) {
  const many = counter.windows.length;
  const across = counter.front === "up" || counter.front === "down";
  const room = (across ? counter.windows[0].at[2] : counter.windows[0].at[3]) * scale;
  const longest = Math.max(...counter.windows.map(({ name }) => [...name].length));
  const all = room > type * (across ? 0.6 * longest + 0.4 : 1.1);
  return counter.windows.map(({ name, at: [x, y, width, depth], goal }, i) => {
    if (!all && !goal && i !== 0 && i !== many - 1) return null;
    return html`<text key=${name} class="numeral on-zone" x=${(x + width / 2) * scale} y=${(y + depth / 2) * scale + type * 0.36} font-size=${type} text-anchor="middle">${name}</text>`;
  });
}

const Counter = ({ counter, scale, type }) => {
  const [x, y, width, depth] = counter.at.map((metres) => metres * scale);
  return html`<g class=${zoneClass(counter.letter)}>
    <rect class="zone-fill" x=${x} y=${y} width=${width} height=${depth} rx="4" />
    ${counter.windows.slice(1).map(({ at }) =>
      counter.front === "up" || counter.front === "down"
        ? html`<path class="between" d=${`M${at[0] * scale} ${y + 4}v${depth - 8}`} />`
        : html`<path class="between" d=${`M${x + 4} ${at[1] * scale}h${width - 8}`} />`,
    )}
    ${counter.windows
      .filter((window) => window.goal)
      .map(({ at }) => {
        const [wx, wy, ww, wd] = at.map((metres) => metres * scale);
        return html`<rect class="goal-window" x=${wx} y=${wy} width=${ww} height=${wd} rx="4" />`;
      })}
    <${Numbers} counter=${counter} scale=${scale} type=${type} />
  </g>`;
};

/** `type` is the size of its words in thousandths of its width; `times` is when each walk is drawn. */
export function Flat({ floor, times, type, id, here }) {
  const scale = WIDE / Math.max(...floor.size);
  const [width, depth] = floor.size.map((metres) => metres * scale);
  const box = ([x, y, w, d]) => ({ x: x * scale, y: y * scale, width: w * scale, height: d * scale });
  const point = ([x, y]) => [x * scale, y * scale];
  const middle = (at) => point([at[0] + at[2] / 2, at[1] + at[3] / 2]);
  return html`<svg class="plan flat" viewBox=${`${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${depth + 2 * MARGIN}`} role="img" aria-labelledby=${id}>
    <title id=${id}>${t("plan_of", { floor: floor.floor })}</title>
    <rect class="ground" width=${width} height=${depth} />
    ${floor.doors.map(([x, y]) => {
      const at = point([x, y]);
      return html`<text class="aside" x=${at[0]} y=${Math.min(at[1] + type * 0.4, depth - type * 0.4)} font-size=${type * 0.9} text-anchor="middle">${t("way_in")}</text>`;
    })}
    ${floor.zones.map((zone) => html`<g key=${zone.id} class=${`${zoneClass(zone.letter)} ${zone.goal ? "goal" : ""}`}>
      <rect class="zone-area" ...${box(zone.at)} rx="6" />
      <${ZoneName} zone=${zone} floor=${floor} draw=${point} unit=${type / scale} type=${type} />
    </g>`)}
    ${floor.walls.map((wall) => html`<rect class="wall" ...${box(wall)} />`)}
    ${floor.places.map((place) => html`<g>
      <rect class="place" ...${box(place.at)} rx="6" />
      <text class="aside" x=${middle(place.at)[0]} y=${(place.at[1] + place.at[3]) * scale + type * 1.1} font-size=${type * 0.9} text-anchor="middle">${nameOf(place)}</text>
    </g>`)}
    ${floor.lifts.map((lift) => html`<g class=${`lift ${lift.used ? "used" : ""}`}>
      <rect ...${box(lift.at)} rx="4" />
      <text x=${middle(lift.at)[0]} y=${middle(lift.at)[1] + type * 0.32} font-size=${type * 0.9} text-anchor="middle">${liftName(lift)}</text>
    </g>`)}
    ${floor.counters.map((counter) => html`<${Counter} counter=${counter} scale=${scale} type=${type} />`)}
    ${floor.walks.map((walk) => html`<${Stretch} points=${walk.points.map(point)} time=${times.get(walk.leg).walk} width=${type * 0.55} />`)}
    ${floor.goal && html`<${GoalMark} at=${point(floor.goal)} type=${type} />`}
    ${floor.here && html`<${Here} at=${point(floor.here)} type=${type} beyond=${width} word=${here} />`}
  </svg>`;
}
