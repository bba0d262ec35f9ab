// @vitest-environment happy-dom
/** 500 contacts and 20 aircraft on one screen, from near and from far: what is read there, measured on the page itself. */
import { beforeAll, describe, expect, it } from "vitest";
import { Vector3 } from "three";
import { seededRng } from "../../../src/core/rng.js";
import { Latest } from "../../bridge/latest.js";
import { aContact } from "../../bridge/testing/builders.js";
import { ContactLayer } from "../layers/ContactLayer.js";
import { VehicleLayer } from "../layers/VehicleLayer.js";
import type { SceneVehicle } from "../sceneVehicle.js";
import { at, openLayer } from "../testing/openLayer.js";
import type { SceneLabel } from "./labelBoard.js";
import { COVERS_FROM, LABEL_RANK } from "./labelRank.js";

const [WIDTH_PX, HEIGHT_PX] = [1280, 720];
const VIEW = { leftPx: 280, topPx: 60, rightPx: 910, bottomPx: 612 };
const LINE_PX = 20;
const widthOf = (text: string): number => 11 + 7.2 * text.length;

beforeAll(() => {
  // happy-dom lays nothing out: a label is as wide as its letters.
  Object.defineProperties(HTMLElement.prototype, {
    offsetWidth: {
      get(this: HTMLElement) {
        return widthOf(this.textContent);
      },
    },
    offsetHeight: { get: () => LINE_PX },
  });
});

const CLASSES = ["person", "person", "person", "boat", "vehicle", "unknown"] as const;

async function aFullScreen(seed: number) {
  const rng = seededRng(seed);
  const spread = (spanM: number): number => (rng.uniform() - 0.5) * spanM;
  const contacts = Array.from({ length: 500 }, (_, i) => {
    // Half of them on a beach, in groups.
    const isOnBeach = i % 2 === 0;
    const place = isOnBeach ? at((i % 7) * 60 - 200 + spread(20), -40 + spread(12)) : at(spread(700), spread(500));
    return aContact({
      id: `C-${i}`,
      class: CLASSES[i % CLASSES.length] ?? "unknown",
      position: place,
      firstSeenUnixUs: i,
    });
  });
  const vehicles = Array.from({ length: 20 }, (_, i): SceneVehicle => ({
    ...{
      id: `V-${i}`,
      name: `DRAGON-${i}`,
      label: `DRAGON-${i} 58 m AGL`,
      position: at(spread(380), spread(320)),
      altitudeAmslM: 30 + i,
    },
    ...{ headingDeg: 0, pitchDeg: 0, rollDeg: 0, isTarget: i === 4, isOld: i === 9 },
  }));
  const selectedId = new Latest<string | undefined>("C-10");
  const layer = await openLayer(
    <>
      <ContactLayer
        contacts={new Latest(contacts)}
        selectedId={selectedId}
        onSelect={() => undefined}
        describe={({ id, class: what }) => `${id} ${what} ±3 m`}
        isOld={({ id }) => Number(id.slice(2)) % 5 === 0}
      />
      <VehicleLayer vehicles={new Latest(vehicles)} />
    </>,
  );
  const host = document.createElement("div");
  layer.tools.labels.attach(host, document.createElementNS("http://www.w3.org/2000/svg", "path"));
  const lookFrom = (heightM: number): void => {
    layer.camera.position.set(0, 0, heightM);
    layer.camera.updateMatrixWorld();
    for (const atS of [10, 11]) {
      layer.draw(atS);
      layer.tools.labels.draw(layer.camera, VIEW, WIDTH_PX, HEIGHT_PX);
    }
  };
  const markOf = ({ eastM, northM, upM }: SceneLabel) => {
    const { x, y } = new Vector3(eastM, northM, upM).project(layer.camera);
    return { xPx: (x * 0.5 + 0.5) * WIDTH_PX, yPx: (0.5 - y * 0.5) * HEIGHT_PX };
  };
  return { ...layer, host, lookFrom, markOf };
}

type Box = {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

const boxesOf = (host: HTMLElement): readonly Box[] =>
  [...host.querySelectorAll<HTMLElement>(".scene-label")].flatMap((element) => {
    if (element.style.visibility !== "visible") return [];
    const [left = 0, top = 0] = [...element.style.transform.matchAll(/-?[\d.]+(?=px)/g)].map(([text]) => Number(text));
    const text = element.textContent;
    return [{ text, left, top, right: left + widthOf(text), bottom: top + LINE_PX }];
  });

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

type Spot = { readonly xPx: number; readonly yPx: number };
const isOn = ({ left, top, right, bottom }: Box, { xPx, yPx }: Spot): boolean =>
  xPx > left && xPx < right && yPx > top && yPx < bottom;
const isInside = ({ xPx, yPx }: Spot): boolean =>
  xPx >= VIEW.leftPx && xPx <= VIEW.rightPx && yPx >= VIEW.topPx && yPx <= VIEW.bottomPx;
const mayCover = (owner: SceneLabel, other: SceneLabel): boolean =>
  owner.priority >= COVERS_FROM && other.priority < owner.priority;

describe.each([1, 2, 3])("a full screen (seed %i)", (seed) => {
  it.each([60, 150, 300, 500, 900, 2000, 4500])("from %i m", async (heightM) => {
    const { host, lookFrom, labels, markOf } = await aFullScreen(seed);
    lookFrom(heightM);
    const boxes = boxesOf(host);
    if (heightM > 60) expect(boxes.length).toBeGreaterThan(3);
    // No two overlap, and none leaves the part of the picture that panels leave free.
    boxes.forEach((a, i) =>
      boxes.slice(i + 1).forEach((b) => expect([a.text, b.text, overlap(a, b)]).toEqual([a.text, b.text, false])),
    );
    for (const { left, top, right, bottom } of boxes)
      expect(left >= VIEW.leftPx && top >= VIEW.topPx && right <= VIEW.rightPx && bottom <= VIEW.bottomPx).toBe(true);
    const inView = labels().filter((label) => label.isShown && label.text !== "" && isInside(markOf(label)));
    // No label covers the mark of what matters as much or more; one below an aircraft's covers no mark at all.
    for (const box of boxes) {
      const owner = inView.find(({ text, isPlaced }) => isPlaced && text === box.text);
      if (!owner) throw new Error("every label on the page is of a mark in view");
      const covered = inView.filter((other) => other !== owner && !mayCover(owner, other) && isOn(box, markOf(other)));
      expect([box.text, covered.map(({ text }) => text)]).toEqual([box.text, []]);
    }
    // What matters most is there. Of 20 aircraft one may find no room from so far that they crowd; never the followed one.
    const missing = inView.filter(({ isPlaced }) => !isPlaced);
    expect(missing.filter(({ priority }) => priority >= LABEL_RANK.followedAircraft)).toEqual([]);
    const aircraft = missing.filter(({ id }) => id.startsWith("vehicle"));
    if (heightM <= 500) expect(aircraft.length).toBeLessThanOrEqual(heightM < 500 ? 0 : 1);
  });
});

it("a label that stands still is not written again, and one that moves is", async () => {
  const { host, lookFrom, camera, tools } = await aFullScreen(4);
  lookFrom(500);
  const written: string[] = [];
  const watch = new MutationObserver((changes) =>
    written.push(...changes.map(({ attributeName }) => attributeName ?? "")),
  );
  watch.observe(host, { attributes: true, subtree: true });
  tools.labels.draw(camera, VIEW, WIDTH_PX, HEIGHT_PX);
  await Promise.resolve();
  expect(written).toEqual([]);
  camera.position.x = 5;
  camera.updateMatrixWorld();
  tools.labels.draw(camera, VIEW, WIDTH_PX, HEIGHT_PX);
  await Promise.resolve();
  expect(written).toContain("style");
});
