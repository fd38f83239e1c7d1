// What both pictures of a plan share: the timing of the path, its marks, and names in the language of the page.
import { html } from "/static/shared/vendor/htm-preact.module.js";
import { nameOf, t } from "../words.js";

export const WIDE = 1000; // units of a picture's width

const lengthOf = (points) => points.slice(1).reduce((sum, [x, y], i) => sum + Math.abs(x - points[i][0]) + Math.abs(y - points[i][1]), 0);
const RIDE_M = 8; // a ride is drawn as slowly as a walk of so many metres

/** leg -> {walk, ride}: each {from, part} of the time that the whole path takes to be drawn. */
export function timing(way) {
  const walks = way.floors.flatMap((floor) => floor.walks).sort((a, b) => a.leg - b.leg);
  const whole = walks.reduce((sum, walk) => sum + lengthOf(walk.points), 0) + RIDE_M * (walks.length - 1) || 1;
  let at = 0;
  const next = (metres) => {
    const from = at / whole;
    at += metres;
    return { from, part: metres / whole };
  };
  return new Map(walks.map((walk) => [walk.leg, { walk: next(lengthOf(walk.points)), ride: next(RIDE_M) }]));
}

/** A stretch of the path: ink, and the lamp within it; drawn from its beginning in its time. */
export function Stretch({ points, time, width }) {
  const d = `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
  const style = { "--from": time.from.toFixed(3), "--part": time.part.toFixed(3) };
  return html`<g class="path" style=${style}>
    <path d=${d} pathLength="1" class="edge" stroke-width=${width} />
    <path d=${d} pathLength="1" class="lamp" stroke-width=${width * 0.55} />
  </g>`;
}

/** 您在这里, or another `word`; it stands on the side where there is room. */
export function Here({ at: [x, y], type, beyond, word }) {
  const right = x < beyond * 0.6;
  return html`<g class="here">
    <circle cx=${x} cy=${y} r=${type * 0.42} />
    <text x=${x + type * (right ? 0.75 : -0.75)} y=${y + type * 0.36} text-anchor=${right ? "start" : "end"} font-size=${type}>${word ?? t("you_are_here")}</text>
  </g>`;
}

export const GoalMark = ({ at: [x, y], type }) => html`<g class="goal-mark">
  <circle cx=${x} cy=${y} r=${type * 0.5} /><circle class="eye" cx=${x} cy=${y} r=${type * 0.17} />
</g>`;

const TILE = 1.35; // a zone's tile in the size of its name

/** A zone's tile with its letter, and beside it its name where there is room. `draw` places a point, `unit` is `type` in metres. */
export function ZoneName({ zone, floor, draw, unit, type, bare, slant = 1 }) {
  const tall = TILE * unit * slant;
  const whole = nameCorner(zone, floor, unit * (TILE + 0.4 + widthOf(nameOf(zone))), tall, unit * 0.5);
  const alone = bare || whole.covered > 0;
  const [x, y] = draw((alone ? nameCorner(zone, floor, unit * TILE, tall, unit * 0.5) : whole).at);
  const side = type * TILE;
  return html`<g>
    <rect class="zone-fill" x=${x} y=${y - side} width=${side} height=${side} rx=${side * 0.14} />
    <text class="numeral on-zone" x=${x + side / 2} y=${y - side * 0.2} font-size=${side * 0.86} text-anchor="middle">${zone.letter}</text>
    ${!alone && html`<text class="strong" x=${x + side * 1.2} y=${y - side * 0.26} font-size=${type}>${nameOf(zone)}</text>`}
  </g>`;
}

/** The lower left of a name, `width` by `height` metres, where it covers least of what stands in the zone, and how much it covers. */
function nameCorner(zone, floor, width, height, margin) {
  const [x, y, w, d] = zone.at;
  const inWay = [...floor.counters, ...floor.places, ...floor.lifts].map(({ at }) => at).concat(floor.walls);
  const points = floor.walks.flatMap((walk) => walk.points);
  const rows = [y + d - margin, y + height + margin];
  const columns = [x + margin, x + w - width - margin, x + (w - width) / 2];
  const covered = ([left, low]) =>
    (left < x ? 1 : 0) +
    inWay.filter(([bx, by, bw, bd]) => left < bx + bw && left + width > bx && low - height < by + bd && low > by).length +
    points.filter(([px, py]) => px > left && px < left + width && py > low - height && py < low).length;
  const corners = rows.flatMap((low) => columns.map((left) => ({ at: [left, low], covered: covered([left, low]) })));
  return corners.reduce((best, corner) => (corner.covered < best.covered ? corner : best));
}

/** The width of a text in its own size: Chinese is as wide as it is tall. */
const widthOf = (text) => [...text].reduce((sum, char) => sum + (char > "\u2e80" ? 1 : 0.52), 0);

export const liftName = (lift) => t(`ride_${lift.kind}`);
