// @vitest-environment happy-dom
/** Contacts as they stand on the map: where, how certain, of which kind; and how one is picked. */
import * as THREE from "three";
import { describe, expect, it } from "vitest";
import type { Contact } from "../../../src/track/contact.js";
import { Latest } from "../../bridge/latest.js";
import { aContact } from "../../bridge/testing/builders.js";
import { paletteFor } from "../scenePalette.js";
import { at, change, frame, instancesNamed, meshNamed, openLayer, pointerAt } from "../testing/openLayer.js";
import { ContactLayer } from "./ContactLayer.js";

const palette = paletteFor("night");
const OLD = "#7d8894";

const boat = (id: string, eastM: number, northM: number, more: Partial<Contact> = {}): Contact =>
  aContact({ id, class: "boat", position: at(eastM, northM), ...more });

async function openContacts(list: readonly Contact[], oldIds: readonly string[] = []) {
  const contacts = new Latest(list);
  const selectedId = new Latest<string | undefined>(undefined);
  const picked: string[] = [];
  const layer = await openLayer(
    <ContactLayer
      contacts={contacts}
      selectedId={selectedId}
      onSelect={(id) => picked.push(id)}
      describe={(contact) => `${contact.id} ${contact.class}`}
      isOld={(contact) => oldIds.includes(contact.id)}
    />,
  );
  const mesh = (name: string): THREE.InstancedMesh => instancesNamed(layer.scene, name);
  const matrixOf = (name: string, index: number): THREE.Matrix4 => {
    const matrix = new THREE.Matrix4();
    mesh(name).getMatrixAt(index, matrix);
    return matrix;
  };
  const styleOf = (name: string, index: number): THREE.Color => {
    const colour = new THREE.Color();
    mesh(name).getColorAt(index, colour);
    return colour;
  };
  return { ...layer, contacts, selectedId, picked, mesh, matrixOf, styleOf };
}

/** A point of the ellipse's own plane, on the ground: metres east and north of its middle. */
function onGround(matrix: THREE.Matrix4, x: number, y: number): readonly number[] {
  const middle = new THREE.Vector3().setFromMatrixPosition(matrix);
  const { x: eastM, y: northM } = new THREE.Vector3(x, y, 0).applyMatrix4(matrix).sub(middle);
  return [eastM, northM];
}

describe("the 95 % ellipse", () => {
  // East and north of the end of the long axis, by sine and cosine of the bearing.
  it.each([
    [0, [0, 9]],
    [40, [5.785, 6.894]],
    [90, [9, 0]],
    [135, [6.364, -6.364]],
    [170, [1.563, -8.863]],
  ] as const)("lies along its bearing %d° clockwise from north, not mirrored", async (orientationDeg, axis) => {
    const ellipse95 = { semiMajorM: 9, semiMinorM: 2, orientationDeg };
    const { draw, matrixOf } = await openContacts([boat("C-1", 30, -70, { ellipse95 })]);
    draw(0);
    const matrix = matrixOf("ellipses", 0);
    const long = onGround(matrix, 0, 1);
    expect(long[0]).toBeCloseTo(axis[0], 3);
    expect(long[1]).toBeCloseTo(axis[1], 3);
    // The short axis stands square on it.
    const [eastM = 0, northM = 0] = onGround(matrix, 1, 0);
    expect(Math.hypot(eastM, northM)).toBeCloseTo(2, 4);
    expect(eastM * (long[0] ?? 0) + northM * (long[1] ?? 0)).toBeCloseTo(0, 4);
    const middle = new THREE.Vector3().setFromMatrixPosition(matrix);
    expect([middle.x, middle.y].map(Math.round)).toEqual([30, -70]);
  });

  it("is each contact's own, in the colour of its class; selected and old ones in theirs", async () => {
    const list = [
      boat("C-1", 0, 0, { ellipse95: { semiMajorM: 3, semiMinorM: 1, orientationDeg: 0 } }),
      boat("C-2", 50, 0, { class: "person", ellipse95: { semiMajorM: 7, semiMinorM: 5, orientationDeg: 0 } }),
      boat("C-3", 90, 0),
      boat("C-4", 99, 0),
    ];
    const { draw, mesh, matrixOf, styleOf, selectedId } = await openContacts(list, ["C-3"]);
    selectedId.set("C-4");
    draw(0);
    expect(mesh("ellipses").count).toBe(4);
    expect([0, 1].map((i) => onGround(matrixOf("ellipses", i), 0, 1)[1])).toEqual([3, 7]);
    const styles = [palette.boat, palette.person, OLD, palette.select];
    styles.forEach((style, i) => {
      const wanted = new THREE.Color().setStyle(style, THREE.LinearSRGBColorSpace);
      for (const part of ["r", "g", "b"] as const) expect(styleOf("ellipses", i)[part]).toBeCloseTo(wanted[part], 5);
    });
  });
});

describe("the mark", () => {
  it("stands where the contact is, in the shape of its class", async () => {
    const list = [boat("C-1", 10, 20), boat("C-2", -30, 40, { class: "person" }), boat("C-3", 50, -60)];
    const { draw, mesh, matrixOf } = await openContacts(list);
    draw(0);
    const counts = ["person", "boat", "vehicle", "unknown"].map((name) => mesh(`${name} marks`).count);
    expect(counts).toEqual([1, 2, 0, 0]);
    const places = [matrixOf("boat marks", 0), matrixOf("boat marks", 1), matrixOf("person marks", 0)].map((matrix) => {
      const { x, y } = new THREE.Vector3().setFromMatrixPosition(matrix);
      return [Math.round(x), Math.round(y)];
    });
    expect(places).toEqual([
      [10, 20],
      [50, -60],
      [-30, 40],
    ]);
    expect(mesh("boat backing").count).toBe(2);
  });

  it("is twice as large when it first appears, its own size after 1.2 s, and larger while selected", async () => {
    const { draw, matrixOf, selectedId, scene } = await openContacts([boat("C-1", 0, 0)]);
    const size = (): number => matrixOf("boat marks", 0).getMaxScaleOnAxis();
    draw(5);
    const first = size();
    draw(5.6);
    const half = size();
    draw(6.2);
    const still = size();
    expect(first / still).toBeCloseTo(2, 5);
    expect(half / still).toBeCloseTo(1.25, 5);
    selectedId.set("C-1");
    draw(6.3);
    expect(meshNamed(scene, "selected mark").scale.x / still).toBeCloseTo(1.35, 5);
  });

  it("is grey when it was not seen for long, except while it is selected", async () => {
    const { draw, styleOf, selectedId, scene } = await openContacts([boat("C-1", 0, 0)], ["C-1"]);
    draw(0);
    expect(styleOf("boat marks", 0).getHexString()).toBe(OLD.slice(1));
    selectedId.set("C-1");
    draw(1);
    const { material } = meshNamed(scene, "selected mark");
    if (!(material instanceof THREE.MeshBasicMaterial)) throw new Error("a mark has one colour");
    expect(material.color.getHexString()).toBe(new THREE.Color(palette.boat).getHexString());
  });

  it("is drawn of every contact, also past the first 64", async () => {
    const { draw, mesh, contacts } = await openContacts([boat("C-0", 0, 0)]);
    const grid = (i: number) => boat(`C-${i}`, ((i % 14) - 7) * 40, (Math.floor(i / 14) - 2) * 40);
    await change(() => contacts.set(Array.from({ length: 70 }, (_, i) => grid(i))));
    draw(0);
    expect([mesh("boat marks").count, mesh("ellipses").count]).toEqual([70, 70]);
  });
});

describe("another sortie", () => {
  it("begins with no mark, no ellipse and no label of the last, and shows its own where they are", async () => {
    const { draw, mesh, labels, contacts, matrixOf } = await openContacts([boat("C-1", 0, 0), boat("C-2", 90, 90)]);
    draw(0);
    expect(labels().map(({ text }) => text)).toEqual(["C-1 boat", "C-2 boat"]);
    await change(() => contacts.set([]));
    draw(1);
    expect([mesh("boat marks").count, mesh("boat backing").count, mesh("ellipses").count]).toEqual([0, 0, 0]);
    expect(labels()).toEqual([]);
    await change(() => contacts.set([boat("C-1", 400, 0, { class: "person" })]));
    draw(2);
    expect([mesh("boat marks").count, mesh("person marks").count]).toEqual([0, 1]);
    expect(new THREE.Vector3().setFromMatrixPosition(matrixOf("person marks", 0)).x).toBeCloseTo(400, 2);
    expect(labels().map(({ text }) => text)).toEqual(["C-1 person"]);
  });
});

describe("the label", () => {
  it("stands at the contact and is worth more the more it matters", async () => {
    const list = [
      boat("C-1", 10, 20),
      boat("C-2", 0, 0, { class: "vehicle" }),
      boat("C-3", 0, 0),
      boat("C-4", 0, 0, { class: "person" }),
    ];
    const { labels, selectedId, contacts } = await openContacts(list, ["C-3"]);
    await change(() => selectedId.set("C-4"));
    const shown = labels().map(({ text, tone, priority }) => [text, tone, priority]);
    expect(shown).toEqual([
      ["C-1 boat", "boat", 45],
      ["C-2 vehicle", "vehicle", 40],
      ["C-3 boat", "unknown", 20],
      ["C-4 person", "selected", 100],
    ]);
    expect([labels()[0]?.eastM, labels()[0]?.northM].map((m) => Math.round(m ?? 0))).toEqual([10, 20]);
    await change(() => contacts.set([boat("C-1", 15, 25)]));
    expect(labels().map(({ eastM, northM }) => [Math.round(eastM), Math.round(northM)])).toEqual([[15, 25]]);
  });

  it("goes with the layer", async () => {
    const { labels, handlers, unmount } = await openContacts([boat("C-1", 0, 0)]);
    expect([labels().length, handlers().length]).toEqual([1, 1]);
    await unmount();
    expect([labels().length, handlers().length]).toEqual([0, 0]);
  });
});

describe("a click", () => {
  const click = (
    { handlers }: Awaited<ReturnType<typeof openContacts>>,
    xPx: number,
    yPx: number,
  ): boolean | undefined => handlers()[0]?.onClick?.(pointerAt(xPx, yPx));

  it("picks the nearest contact within 22 pixels, and leaves the ground alone where there is none", async () => {
    const open = await openContacts([boat("C-1", 0, 0), boat("C-2", 30, 0)]);
    expect(click(open, 640 + 14, 360)).toBe(true);
    expect(click(open, 640 + 16, 360)).toBe(true);
    expect(open.picked).toEqual(["C-1", "C-2"]);
    expect(click(open, 640, 360 - 21)).toBe(true);
    expect(click(open, 640, 360 - 23)).toBe(false);
    expect(open.picked).toEqual(["C-1", "C-2", "C-1"]);
  });

  it("picks none that the camera does not see", async () => {
    const open = await openContacts([boat("C-1", 0, 0)]);
    expect(open.handlers()[0]?.onClick?.({ ...pointerAt(640, 360), toScreen: () => undefined })).toBe(false);
    expect(open.picked).toEqual([]);
  });

  it("is announced by the hand over a contact only", async () => {
    const cursors: string[] = [];
    const { handlers } = await openContacts([boat("C-1", 0, 0)]);
    for (const xPx of [640, 700])
      handlers()[0]?.onMove?.(
        pointerAt(xPx, 360, (cursor) => cursors.push(cursor)),
        false,
      );
    expect(cursors).toEqual(["pointer"]);
    expect(frame.pointOf(at(0, 0)).eastM).toBeCloseTo(0, 6);
  });
});
