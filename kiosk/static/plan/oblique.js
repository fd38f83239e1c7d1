// The floors of a way one over the other, seen from above at a slant: the same plan, with its counters raised.
import { html } from "/static/shared/vendor/htm-preact.module.js";
import { zoneClass } from "/static/shared/parts.js";
import { GoalMark, Here, Stretch, WIDE, ZoneName } from "./shapes.js";
import { t, told } from "../words.js";

const SHEAR = 0.55; // to the right for each metre further away
const FLAT = 0.5; // upwards for each metre further away
const COUNTER_M = 1.1;
const WALL_M = 0.9;
const LIFT_M = 2.2;
const STAIRS_M = 1.1;
const PLATE = 14;

/** How points of a building are drawn: `at(x, y, z)` on a floor whose corner is at `down`. */
function projection(floors) {
  const width = Math.max(...floors.map(({ size }) => size[0]));
  const depth = Math.max(...floors.map(({ size }) => size[1]));
  const scale = WIDE / (width + SHEAR * depth);
  const tall = depth * FLAT * scale;
  const at = (down) => (x, y, z = 0) => [x * scale + (depth - y) * SHEAR * scale, down + y * FLAT * scale - z * scale];
  return { scale, tall, depth, at };
}

const shape = (...points) => `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}z`;

/** A raised box: top, front and right side. */
const Block = ({ at, box: [x, y, w, d], tall, cls }) => html`<g class=${`block ${cls}`}>
  <path d=${shape(at(x, y + d, tall), at(x + w, y + d, tall), at(x + w, y + d), at(x, y + d))} /><path class="shade" d=${shape(at(x, y + d, tall), at(x + w, y + d, tall), at(x + w, y + d), at(x, y + d))} />
  <path d=${shape(at(x + w, y, tall), at(x + w, y, 0), at(x + w, y + d, 0), at(x + w, y + d, tall))} /><path class="shade deep" d=${shape(at(x + w, y, tall), at(x + w, y, 0), at(x + w, y + d, 0), at(x + w, y + d, tall))} />
  <path class="top" d=${shape(at(x, y, tall), at(x + w, y, tall), at(x + w, y + d, tall), at(x, y + d, tall))} />
</g>`;

/** What stands on a floor, the farthest first. */
function blocksOf(floor) {
  const blocks = [
    ...floor.walls.map((box) => ({ box, tall: WALL_M, cls: "wall" })),
    ...floor.places.map(({ at }) => ({ box: at, tall: COUNTER_M, cls: "place" })),
    ...floor.lifts.map(({ at, used, kind }) => ({ box: at, tall: kind === "lift" ? LIFT_M : STAIRS_M, cls: `shaft ${used ? "used" : ""}` })),
    ...floor.counters.map(({ at, letter }) => ({ box: at, tall: COUNTER_M, cls: `zone-fill ${zoneClass(letter)}` })),
  ];
  return blocks.sort((a, b) => a.box[1] + a.box[3] - b.box[1] - b.box[3] || a.box[0] - b.box[0]);
}

function FloorPlate({ floor, scale, at, times, type, beyond, bare, here }) {
  const [width, depth] = floor.size;
  const [a, b, c, d] = [at(0, 0), at(width, 0), at(width, depth), at(0, depth)];
  const lower = ([x, y]) => [x, y + PLATE];
  const onGround = ([x, y]) => at(x, y);
  const quad = ([x, y, w, h]) => shape(at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h));
  return html`<g>
    <path class="plate front" d=${shape(d, c, lower(c), lower(d))} /><path class="plate side" d=${shape(c, b, lower(b), lower(c))} />
    <path class="ground" d=${shape(a, b, c, d)} />
    ${floor.zones.map((zone) => html`<g class=${`${zoneClass(zone.letter)} ${zone.goal ? "goal" : ""}`}><path class="zone-area" d=${quad(zone.at)} /></g>`)}
    ${blocksOf(floor).map((block) => html`<${Block} at=${at} ...${block} />`)}
    ${floor.zones.map((zone) => html`<g class=${zoneClass(zone.letter)}>
      <${ZoneName} zone=${zone} floor=${floor} draw=${onGround} unit=${type / scale} type=${type} bare=${bare || !zone.goal} slant=${1 / FLAT} />
    </g>`)}
    ${floor.walks.map((walk) => html`<${Stretch} points=${walk.points.map(onGround)} time=${times.get(walk.leg).walk} width=${type * 0.5} />`)}
    ${floor.goal && html`<${GoalMark} at=${onGround(floor.goal)} type=${type} />`}
    ${floor.here && html`<${Here} at=${onGround(floor.here)} type=${type} beyond=${beyond} word=${here} />`}
    <text class="strong level" x="0" y=${at(0, 0)[1] + type * 0.9} font-size=${type * 1.15}>${t("floor", { floor: floor.floor })}</text>
  </g>`;
}

/** All floors of `way`, the highest on top. `type` is the size of its words in thousandths of its width. */
export function Oblique({ way, times, type, id, bare, here }) {
  const { at, tall, scale } = projection(way.floors);
  const gap = tall + type * 1.6;
  const last = way.floors.length - 1;
  const head = LIFT_M * 24;
  const drawnAt = new Map(way.floors.map((floor, i) => [floor.floor, at(head + (last - i) * gap)]));
  const height = head + last * gap + tall + PLATE + 4;
  const walks = way.floors.flatMap((floor) => floor.walks.map((walk) => ({ ...walk, floor: floor.floor })));
  const rides = walks
    .filter((walk) => walks.some((next) => next.leg === walk.leg + 1))
    .map((walk) => ({ walk, next: walks.find((other) => other.leg === walk.leg + 1) }));
  // a ride is behind the plate of the higher of its floors
  const behind = (floor) => rides.filter(({ walk, next }) => [walk.floor, next.floor].sort((a, b) => order(b) - order(a))[0] === floor);
  const order = (id_) => way.floors.findIndex(({ floor }) => floor === id_);
  return html`<svg class="plan oblique" viewBox=${`-4 0 ${WIDE + 8} ${height.toFixed(0)}`} role="img" aria-labelledby=${`${id} ${id}-way`}>
    <title id=${id}>${t("way_picture")}</title>
    <desc id=${`${id}-way`}>${way.steps.map((step) => told(step)).join(". ")}</desc>
    ${way.floors.map(
      (floor) => html`<g key=${floor.floor}>
        ${behind(floor.floor).map(
          ({ walk, next }) => html`<${Stretch} points=${[drawnAt.get(walk.floor)(...walk.points.at(-1)), drawnAt.get(next.floor)(...next.points[0])]} time=${times.get(walk.leg).ride} width=${type * 0.5} />`,
        )}
        <${FloorPlate} floor=${floor} scale=${scale} at=${drawnAt.get(floor.floor)} times=${times} type=${type} beyond=${WIDE} bare=${bare} here=${here} />
      </g>`,
    )}
  </svg>`;
}
