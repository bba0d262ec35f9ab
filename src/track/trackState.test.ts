import { describe, expect, it } from "vitest";
import type { ObjectClass } from "../detect/detection.js";
import { trackAt, viewOf } from "./testing/tracks.js";
import {
  coversPoint,
  isInView,
  isMoving,
  trackClass,
  wasNeverWhole,
  type ClassVotes,
  type PlanePoint,
} from "./trackState.js";

const votes = (change: Partial<ClassVotes>): ClassVotes => ({ person: 0, boat: 0, vehicle: 0, unknown: 0, ...change });
const point = (eastM: number, northM: number): PlanePoint => ({ eastM, northM });

describe("the class of a track", () => {
  it.each<readonly [Partial<ClassVotes>, onLand: ObjectClass, onSea: ObjectClass]>([
    [{}, "unknown", "unknown"],
    [{ person: 4, boat: 2, vehicle: 1 }, "person", "person"],
    [{ person: 2, boat: 3, vehicle: 1 }, "boat", "boat"],
    [{ person: 2, boat: 1, vehicle: 3 }, "vehicle", "boat"],
    // On the sea what looks like a car is a boat too: 2 and 2 outvote 3.
    [{ person: 3, boat: 2, vehicle: 2 }, "person", "boat"],
    [{ unknown: 3, boat: 2, vehicle: 2 }, "unknown", "boat"],
    [{ unknown: 2, vehicle: 1 }, "unknown", "unknown"],
    // A draw with unknown says nothing; in a draw with another class it is a boat.
    [{ unknown: 2, person: 2 }, "unknown", "unknown"],
    [{ person: 2, boat: 2 }, "boat", "boat"],
    [{ person: 2, vehicle: 2 }, "person", "boat"],
  ])("by its votes %j: %s on land, %s at sea", (given, onLand, onSea) => {
    const of = (surface: "land" | "sea"): ObjectClass => trackClass(trackAt(0, 0, 1, { votes: votes(given), surface }));
    expect([of("land"), of("sea")]).toEqual([onLand, onSea]);
  });

  it("only open sea turns a car into a boat, not the waterline", () => {
    const car = { votes: votes({ vehicle: 3 }) };
    expect(trackClass(trackAt(0, 0, 1, { ...car, surface: "waterline" }))).toBe("vehicle");
    expect(trackClass(trackAt(0, 0, 1, { ...car, surface: "unknown" }))).toBe("vehicle");
  });
});

describe("the outline of a track", () => {
  // 8 m by 2 m around (10, 20), its bow to the north-east by 30° from east.
  const boat = trackAt(10, 20, 1, { lengthM: 8, widthM: 2, axisRad: Math.PI / 6 });
  const off = (alongM: number, acrossM: number): PlanePoint =>
    point(
      10 + alongM * Math.cos(Math.PI / 6) - acrossM * Math.sin(Math.PI / 6),
      20 + alongM * Math.sin(Math.PI / 6) + acrossM * Math.cos(Math.PI / 6),
    );

  it.each([
    [3.99, 0, true],
    [-3.99, 0, true],
    [4.01, 0, false],
    [-4.01, 0, false],
    [0, 0.99, true],
    [0, -0.99, true],
    [0, 1.01, false],
    [0, -1.01, false],
    [3.9, 0.9, true],
    [3.9, 1.1, false],
  ])("holds what is %f m along and %f m across its axis: %s", (alongM, acrossM, isOn) => {
    expect(coversPoint(boat, off(alongM, acrossM), 0)).toBe(isOn);
  });

  it("is wider by the margin, on all sides", () => {
    expect(coversPoint(boat, off(4.4, 1.4), 0.5)).toBe(true);
    expect(coversPoint(boat, off(4.6, 0), 0.5)).toBe(false);
    expect(coversPoint(boat, off(0, -1.6), 0.5)).toBe(false);
  });

  it("has its edge", () => {
    const level = trackAt(0, 0, 1, { lengthM: 8, widthM: 2, axisRad: 0 });
    expect(coversPoint(level, point(4.5, 1.5), 0.5)).toBe(true);
  });
});

describe("what is in view", () => {
  const square = viewOf(10, 20, 30, 50);
  it.each([
    [20, 35, true],
    [10.1, 20.1, true],
    [29.9, 49.9, true],
    [9.9, 35, false],
    [30.1, 35, false],
    [20, 19.9, false],
    [20, 50.1, false],
    [0, 0, false],
    // On the edge and on a corner.
    [10, 35, true],
    [20, 50, true],
    [30, 50, true],
    // On the line of an edge, but beyond its end.
    [10, 51, false],
    [31, 50, false],
  ])("(%f, %f): %s, whichever way round the corners are given", (eastM, northM, isSeen) => {
    expect(isInView(point(eastM, northM), square)).toBe(isSeen);
    expect(isInView(point(eastM, northM), [...square].reverse())).toBe(isSeen);
  });

  it("a slanted camera sees a trapezium: wide far away, narrow close by", () => {
    const trapezium = [point(-10, 100), point(10, 100), point(4, 40), point(-4, 40)];
    expect(isInView(point(8, 95), trapezium)).toBe(true);
    expect(isInView(point(8, 45), trapezium)).toBe(false);
    expect(isInView(point(-3.9, 41), trapezium)).toBe(true);
  });
});

describe("a track", () => {
  it("was never whole while every one of its views was cut", () => {
    expect(wasNeverWhole(trackAt(0, 0, 1, { hits: 4, cutHits: 4 }))).toBe(true);
    expect(wasNeverWhole(trackAt(0, 0, 1, { hits: 4, cutHits: 3 }))).toBe(false);
  });

  it("moves when it is faster than 2.5 sigma of noise and drift", () => {
    // sqrt(0.16² + 0.12²) = 0.2: half a metre a second.
    const at = (eastMps: number, northMps: number) => {
      const { motion } = trackAt(0, 0, 1);
      return trackAt(0, 0, 1, { motion: { ...motion, eastMps, northMps, vv: 0.0256 } });
    };
    expect(isMoving(at(0.3, 0.39))).toBe(false);
    expect(isMoving(at(0.3, 0.41))).toBe(true);
    expect(isMoving(at(-0.41, -0.3))).toBe(true);
    expect(isMoving(at(0, 0))).toBe(false);
  });
});
