// @vitest-environment happy-dom
/** Labels over the scene: where they stand, which are shown, and what is written to the page. */
import { PerspectiveCamera } from "three";
import { describe, expect, it } from "vitest";
import { LabelBoard, SceneLabel } from "./labelBoard.js";

const [WIDTH_PX, HEIGHT_PX] = [1000, 500];
const viewport = { leftPx: 0, topPx: 0, rightPx: WIDTH_PX, bottomPx: HEIGHT_PX };

/** Straight down from 250 m with a view of 90°: a pixel is a metre, north is up. */
function aBoard() {
  const camera = new PerspectiveCamera(90, WIDTH_PX / HEIGHT_PX, 1, 5000);
  camera.position.set(0, 0, 250);
  camera.up.set(0, 1, 0);
  camera.lookAt(0, 0, 0);
  camera.updateMatrixWorld();
  const host = document.createElement("div");
  const leaders = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const board = new LabelBoard();
  const detach = board.attach(host, leaders);
  const add = (id: string, eastM: number, northM: number, more: Partial<SceneLabel> = {}) => {
    const label = Object.assign(new SceneLabel(id), { eastM, northM, text: id, ...more });
    const remove = board.add(label);
    const element = host.lastElementChild;
    if (!(element instanceof HTMLElement)) throw new Error("a label is an element of the host");
    // happy-dom lays nothing out: every label is 40 by 10 pixels.
    Object.defineProperties(element, { offsetWidth: { value: 40 }, offsetHeight: { value: 10 } });
    return { label, remove, element };
  };
  const draw = (): void => board.draw(camera, viewport, WIDTH_PX, HEIGHT_PX);
  return { board, host, leaders, camera, add, draw, detach };
}
const placeOf = ({ style }: HTMLElement): readonly number[] =>
  [...style.transform.matchAll(/-?[\d.]+(?=px)/g)].map(([text]) => Number(text));

describe("a label", () => {
  it("stands beside its point, with its words and tone, and a line to the point", () => {
    const { add, draw, leaders } = aBoard();
    const { element } = add("boat", 100, 50, { tone: "boat" });
    draw();
    expect([element.textContent, element.dataset["tone"], element.style.visibility]).toEqual([
      "boat",
      "boat",
      "visible",
    ]);
    const [xPx = 0, yPx = 0] = placeOf(element);
    // The point is at 600, 200: the label is near it and does not cover it.
    expect(Math.hypot(xPx - 600, yPx - 200)).toBeLessThan(60);
    expect(xPx > 600 || xPx + 40 < 600 || yPx > 200 || yPx + 10 < 200).toBe(true);
    expect(leaders.getAttribute("d")).toMatch(/^M600\.0 200\.0L/);
  });

  it("follows its point, and its new words", () => {
    const { add, draw } = aBoard();
    const { element, label } = add("boat", 100, 50);
    draw();
    const [beforePx = 0] = placeOf(element);
    Object.assign(label, { eastM: 160, text: "boat 8 m", tone: "selected" });
    draw();
    expect((placeOf(element)[0] ?? 0) - beforePx).toBeCloseTo(60, 3);
    expect([element.textContent, element.dataset["tone"]]).toEqual(["boat 8 m", "selected"]);
  });

  it.each<[string, Partial<SceneLabel>]>([
    ["not to be shown", { isShown: false }],
    ["without words", { text: "" }],
    ["behind the camera", { upM: 400 }],
  ])("%s is hidden", (_, more) => {
    const { add, draw, leaders } = aBoard();
    const { element } = add("x", 0, 0, more);
    draw();
    expect(element.style.visibility).toBe("hidden");
    expect(leaders.getAttribute("d") ?? "").toBe("");
  });

  it("goes when it is removed", () => {
    const { add, draw, host } = aBoard();
    const { remove } = add("x", 0, 0);
    draw();
    remove();
    expect(host.childElementCount).toBe(0);
    draw();
  });
});

describe("a number on a mark", () => {
  it("stands in the middle of it, also where there is no room for the words, and goes with them", () => {
    const { add, draw, host, camera } = aBoard();
    const crowd = add("17 people", 100, 50, { badge: "17" });
    // All around it is taken.
    for (let i = 0; i < 40; i++)
      add(`A-${i}`, 40 + (i % 8) * 18, 10 + Math.floor(i / 8) * 20, { priority: 90, halfPx: 20 });
    draw();
    expect(crowd.element.style.visibility).toBe("hidden");
    const badge = host.querySelector<HTMLElement>(".scene-badge");
    expect([badge?.textContent, badge?.style.visibility]).toEqual(["17", "visible"]);
    // The mark is at 600, 200; the number's box is 32 by 16.
    expect(badge && placeOf(badge)).toEqual([584, 192]);
    crowd.label.badge = "18";
    draw();
    expect(badge?.textContent).toBe("18");
    camera.position.x = 5000;
    camera.updateMatrixWorld();
    draw();
    expect(badge?.style.visibility).toBe("hidden");
    crowd.remove();
    expect(host.querySelector(".scene-badge")).toBeNull();
  });
});

describe("many labels", () => {
  it("never cover one another; what matters most keeps its place", () => {
    const { add, draw } = aBoard();
    const all = Array.from({ length: 12 }, (_, i) => add(`C-${i}`, i, 0, { priority: i === 7 ? 90 : 40 }));
    draw();
    const shown = all.filter(({ element }) => element.style.visibility === "visible");
    expect(shown).toContain(all[7]);
    const boxes = shown.map(({ element }) => placeOf(element));
    boxes.forEach(([x1 = 0, y1 = 0], i) =>
      boxes.slice(i + 1).forEach(([x2 = 0, y2 = 0]) => {
        expect(Math.abs(x1 - x2) >= 40 || Math.abs(y1 - y2) >= 10).toBe(true);
      }),
    );
  });

  it("are 48 at most", () => {
    const { add, draw, host } = aBoard();
    for (let i = 0; i < 60; i++) add(`C-${i}`, -450 + (i % 10) * 90, -200 + Math.floor(i / 10) * 60);
    draw();
    expect(
      [...host.children].filter((one) => one instanceof HTMLElement && one.style.visibility === "visible"),
    ).toHaveLength(48);
  });
});

describe("names on the map", () => {
  it("take no label from 48 contacts, whoever came first, and have no line to their point", () => {
    const { add, draw, leaders } = aBoard();
    const grid = (i: number): readonly [number, number] => [-450 + (i % 10) * 90, -200 + Math.floor(i / 10) * 60];
    const names = Array.from({ length: 12 }, (_, i) =>
      add(`name-${i}`, grid(i)[0] + 8, grid(i)[1], { isQuiet: true, tone: "name", priority: 500 }),
    );
    const contacts = Array.from({ length: 48 }, (_, i) => add(`C-${i}`, ...grid(i)));
    const countOfShown = (all: typeof names): number =>
      all.filter(({ element }) => element.style.visibility === "visible").length;
    draw();
    expect([countOfShown(contacts), countOfShown(names)]).toEqual([48, 0]);
    expect([contacts, names].map((all) => all.filter(({ label }) => label.isPlaced).length)).toEqual([48, 0]);
    for (const { label } of contacts) label.isShown = false;
    draw();
    expect([countOfShown(contacts), countOfShown(names)]).toEqual([0, 12]);
    expect(leaders.getAttribute("d")).toBe("");
  });
});

it("moves to another host with the labels that there are", () => {
  const { board, add, detach } = aBoard();
  const { element } = add("x", 0, 0);
  detach();
  const other = document.createElement("div");
  board.attach(other, document.createElementNS("http://www.w3.org/2000/svg", "path"));
  expect(element.parentElement).toBe(other);
});
