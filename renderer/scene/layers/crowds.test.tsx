// @vitest-environment happy-dom
/** Contacts that stand together on the screen: one mark, one label, and how it opens. A pixel is 0.65 m here. */
import * as THREE from "three";
import { describe, expect, it } from "vitest";
import type { Contact } from "../../../src/track/contact.js";
import { LanguageContext } from "../../app/text.js";
import { Latest } from "../../bridge/latest.js";
import { aContact } from "../../bridge/testing/builders.js";
import { at, change, instancesNamed, meshNamed, openLayer, pointerAt } from "../testing/openLayer.js";
import { ContactLayer } from "./ContactLayer.js";

const OLD = "#7d8894";
const some = (objectClass: Contact["class"], id: string, eastM: number, northM = 0): Contact =>
  aContact({ id, class: objectClass, position: at(eastM, northM), firstSeenUnixUs: Number(id.slice(2)) });
const people = (count: number, eastM = 0): Contact[] =>
  Array.from({ length: count }, (_, i) => some("person", `C-${i + 1}`, eastM + (i % 6), Math.floor(i / 6)));

async function open(
  list: readonly Contact[],
  { old = [], language = "en" }: { old?: readonly string[]; language?: "en" | "fr" } = {},
) {
  const contacts = new Latest(list);
  const selectedId = new Latest<string | undefined>(undefined);
  const oldIds = new Set(old);
  const picked: string[] = [];
  const layer = await openLayer(
    <LanguageContext value={language}>
      <ContactLayer
        contacts={contacts}
        selectedId={selectedId}
        onSelect={(id) => picked.push(id)}
        describe={({ id }) => id}
        isOld={({ id }) => oldIds.has(id)}
      />
    </LanguageContext>,
  );
  /** How many marks of each shape are drawn; crowds of several classes are "mixed". */
  const marks = () =>
    Object.fromEntries(
      ["person", "boat", "vehicle", "unknown", "mixed"]
        .map((shape) => [shape, instancesNamed(layer.scene, `${shape} marks`).count] as const)
        .filter(([, count]) => count > 0),
    );
  const shown = () => layer.labels().filter(({ isShown }) => isShown);
  const colourOf = (shape: string): string => {
    const colour = new THREE.Color();
    instancesNamed(layer.scene, `${shape} marks`).getColorAt(0, colour);
    return `#${colour.getHexString()}`;
  };
  /** At so many metres east of the middle, with a finger's hold on the map at 1.54 pixels a metre. */
  const click = (eastM: number): boolean | undefined => layer.handlers()[0]?.onClick?.(pointerAt(640 + eastM, 360));
  layer.draw(0);
  return { ...layer, contacts, selectedId, picked, oldIds, marks, shown, colourOf, click };
}

describe("a crowd", () => {
  it("is one mark with its number and one label, and each again from near", async () => {
    const { marks, shown, camera, draw } = await open(people(17));
    expect(marks()).toEqual({ person: 1 });
    expect(shown().map(({ text, badge }) => [text, badge])).toEqual([["17 people", "17"]]);
    camera.position.z = 14;
    camera.updateMatrixWorld();
    draw(1);
    expect(marks()).toEqual({ person: 17 });
    expect(shown().map(({ text, badge }) => [text, badge])).toEqual(people(17).map(({ id }) => [id, ""]));
  });

  it("of several classes is a ring, and says how many of each", async () => {
    const list = [...people(2), some("boat", "C-8", 3), some("vehicle", "C-9", 4), some("unknown", "C-10", 5)];
    const { marks, shown } = await open(list);
    expect(marks()).toEqual({ mixed: 1 });
    expect(shown().map(({ text, tone }) => [text, tone])).toEqual([
      ["2 people, 1 boat, 1 vehicle, 1 unknown", "unknown"],
    ]);
  });

  it("speaks French", async () => {
    const list = [...people(12), some("boat", "C-20", 3), some("boat", "C-21", 4)];
    const { shown } = await open(list, { language: "fr", old: ["C-3", "C-20"] });
    expect(shown().map(({ text }) => text)).toEqual(["12 personnes, 2 embarcations, dont 2 non revus"]);
  });

  it("stands where one of its contacts is, never between them", async () => {
    const { scene } = await open([some("boat", "C-1", -5), some("boat", "C-2", 5)]);
    const matrix = new THREE.Matrix4();
    instancesNamed(scene, "boat marks").getMatrixAt(0, matrix);
    expect(new THREE.Vector3().setFromMatrixPosition(matrix).x).toBeCloseTo(-5, 3);
  });

  it("keeps the ellipse of every contact on the ground", async () => {
    const { scene } = await open(people(17));
    expect(instancesNamed(scene, "ellipses").count).toBe(17);
  });

  it("grows by a contact that comes, without another label for it", async () => {
    const { contacts, shown, draw } = await open(people(3));
    await change(() => contacts.set(people(4)));
    draw(1);
    expect(shown().map(({ text }) => text)).toEqual(["4 people"]);
  });

  it("is not drawn of contacts off the screen", async () => {
    const { marks } = await open([...people(3), some("boat", "C-9", 2000)]);
    expect(marks()).toEqual({ person: 1 });
  });
});

describe("the selected contact", () => {
  it("is never one of a crowd: it has its own mark above, and its own label before all others", async () => {
    const { scene, selectedId, marks, shown, draw } = await open(people(5));
    await change(() => selectedId.set("C-1"));
    draw(1);
    const selected = meshNamed(scene, "selected mark");
    expect([selected.visible, marks()]).toEqual([true, { person: 1 }]);
    expect(selected.renderOrder).toBeGreaterThan(instancesNamed(scene, "person marks").renderOrder);
    expect(shown().map(({ text, tone }) => [text, tone])).toEqual([
      ["C-1", "selected"],
      ["4 people", "person"],
    ]);
    const [first, second] = shown().map(({ priority }) => priority);
    expect(first).toBeGreaterThan(second ?? 0);
    await change(() => selectedId.set(undefined));
    draw(2);
    expect([selected.visible, shown().map(({ text }) => text)]).toEqual([false, ["5 people"]]);
  });
});

describe("contacts not seen for long", () => {
  it("are a grey crowd, worth less than a live one", async () => {
    const far = [some("boat", "C-8", 100), some("boat", "C-9", 101)];
    const { shown, colourOf } = await open([...people(2), ...far], { old: ["C-1", "C-2"] });
    expect(shown().map(({ text, tone }) => [text, tone])).toEqual([
      ["2 people, all old", "unknown"],
      ["2 boats", "boat"],
    ]);
    expect([colourOf("person"), colourOf("boat") === OLD]).toEqual([OLD, false]);
    const [old, live] = shown().map(({ priority }) => priority);
    expect(old).toBeLessThan(live ?? 0);
  });

  it("never hide a live one: the mark is its, live and counted", async () => {
    const list = people(4);
    const { shown, colourOf, scene } = await open(list, { old: ["C-1", "C-2", "C-3"] });
    expect(shown().map(({ id, text }) => [id, text])).toEqual([["contact C-4", "4 people, 3 of them old"]]);
    expect(colourOf("person")).not.toBe(OLD);
    expect(instancesNamed(scene, "person marks").count).toBe(1);
  });

  it("are told as soon as they become old, without a new contact", async () => {
    const { shown, oldIds, draw } = await open(people(3));
    oldIds.add("C-3");
    draw(1);
    expect(shown().map(({ text }) => text)).toEqual(["3 people, 1 of them old"]);
  });
});

describe("a click on a crowd", () => {
  it("brings the camera so near that it opens, and selects nothing", async () => {
    const open17 = await open(people(17));
    expect(open17.click(0)).toBe(true);
    expect(open17.picked).toEqual([]);
    const [visit] = open17.visits;
    expect([Math.round(visit?.eastM ?? 0), Math.round(visit?.northM ?? 0)]).toEqual([2, 1]);
    open17.camera.position.set(visit?.eastM ?? 0, visit?.northM ?? 0, visit?.rangeM ?? 0);
    open17.camera.updateMatrixWorld();
    open17.draw(1);
    expect(open17.shown().length).toBeGreaterThan(1);
    expect(open17.shown().every(({ badge }) => badge !== "17")).toBe(true);
  });

  it("that no camera takes apart selects one after the other, and its label lists the others", async () => {
    const list = ["C-1", "C-2", "C-3"].map((id, i) => some("person", id, i * 0.1));
    const { click, picked, visits, selectedId, shown, draw } = await open(list);
    for (const atS of [1, 2, 3, 4]) {
      click(0);
      await change(() => selectedId.set(picked.at(-1)));
      draw(atS);
    }
    expect([picked, visits]).toEqual([["C-1", "C-2", "C-3", "C-1"], []]);
    expect(shown().map(({ text }) => text)).toEqual(["C-1", "2 people: C-2, C-3"]);
  });

  it("beside a contact picks the one that is nearer", async () => {
    const { click, picked, visits } = await open([...people(3), some("boat", "C-9", 40)]);
    expect(click(40)).toBe(true);
    expect([picked, visits.length]).toEqual([["C-9"], 0]);
  });
});
