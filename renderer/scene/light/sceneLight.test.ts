import { describe, expect, it } from "vitest";
import { Color } from "three";
import { type Sky, skyAt } from "../../../src/geo/sky/sky.js";
import { paletteFor } from "../scenePalette.js";
import { applyLight, createGroundUniforms } from "../shaders/groundUniforms.js";
import { ALWAYS_READABLE, isSameLight, lightOf } from "./sceneLight.js";

const BOULOGNE = { latitudeDeg: 50.75, longitudeDeg: 1.6 };
const sky = (iso: string): Sky => skyAt(BOULOGNE, Date.parse(iso));
/** The sun set at 15:51 that day. The moon is new on the 9th, and full on the 24th. */
const NOON = sky("2026-12-01T11:54:00Z");
const DUSK = sky("2026-12-01T16:15:00Z");
const NO_MOON = sky("2026-12-08T22:00:00Z");
const FULL_MOON = sky("2026-12-23T23:30:00Z");

describe("the light of the hour", () => {
  it("comes from where the sun is by day, and by night from the moon while it is up and lit", () => {
    const sunAt = (now: Sky) => lightOf(now).direction;
    // The sun in the south, 17 degrees high; directions are in steps of two degrees.
    expect(sunAt(NOON).north).toBeCloseTo(-Math.cos((17.5 * Math.PI) / 180), 1);
    expect(sunAt(NOON).up).toBeCloseTo(Math.sin((17.5 * Math.PI) / 180), 1);
    const moon = lightOf(FULL_MOON).direction;
    const azimuthDeg = ((Math.atan2(moon.east, moon.north) * 180) / Math.PI + 360) % 360;
    expect(Math.abs(azimuthDeg - FULL_MOON.moon.azimuthDeg)).toBeLessThan(1.1);
    expect(lightOf(NO_MOON).direction).toEqual(ALWAYS_READABLE.direction);
    for (const now of [NOON, DUSK, NO_MOON, FULL_MOON]) {
      const { east, north, up } = sunAt(now);
      expect(Math.hypot(east, north, up)).toBeCloseTo(1, 9);
      expect(up).toBeGreaterThan(0.13);
    }
  });

  it("is that of the theme by day, less at dusk, least without a moon, more with a full one", () => {
    const [noon, dusk, dark, moonlit] = [NOON, DUSK, NO_MOON, FULL_MOON].map((now) => lightOf(now));
    expect(noon!.level).toBe(1);
    expect(dusk!.level).toBeLessThan(0.9);
    expect(dark!.level).toBeLessThan(dusk!.level);
    expect(moonlit!.level).toBeGreaterThan(dark!.level + 0.08);
    expect([noon, dusk, dark, moonlit].map((light) => light!.isDark)).toEqual([false, false, true, true]);
    expect(dusk!.glow).toBeGreaterThan(0.3);
    expect(noon!.glow).toBe(0);
    expect(dark!.glow).toBe(0);
  });

  it("never jumps from one minute to the next, and is not drawn anew for nothing", () => {
    let before = lightOf(sky("2026-12-01T12:00:00Z"));
    let changes = 0;
    for (let minute = 1; minute < 8 * 60; minute++) {
      const now = lightOf(skyAt(BOULOGNE, Date.parse("2026-12-01T12:00:00Z") + minute * 60_000));
      expect(Math.abs(now.level - before.level)).toBeLessThan(0.04);
      if (!isSameLight(now, before)) changes++;
      before = now;
    }
    // Less often than every other minute.
    expect(changes).toBeLessThan(240);
  });
});

const luminance = (colour: Color): number => {
  // The uniforms hold colours as they are on the screen.
  const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
};
const onScreen = (style: string): Color => {
  const { r, g, b } = new Color(style).convertLinearToSRGB();
  return new Color(r, g, b);
};
const contrast = (one: Color, other: Color): number => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
};

describe("at night by the hour", () => {
  const GROUND = ["deep", "sea", "shallow", "wetSand", "sand", "dune", "land", "field", "inland", "cliff"] as const;
  const MARKS = ["aircraft", "person", "boat", "unknown", "home", "place", "select"] as const;

  it.each(["night", "red"] as const)("marks have a contrast of 4.5 on all ground in the theme %s", (theme) => {
    const palette = paletteFor(theme);
    const ground = createGroundUniforms(true);
    for (const now of [NO_MOON, FULL_MOON]) {
      applyLight(ground, palette, lightOf(now));
      for (const name of GROUND)
        for (const mark of MARKS)
          expect([name, mark, contrast(ground[name].value, onScreen(palette[mark])) >= 4.5]).toEqual([
            name,
            mark,
            true,
          ]);
    }
  });

  it.each(["night", "red"] as const)(
    "the waterline stands out, and land differs from sea, in the theme %s",
    (theme) => {
      const ground = createGroundUniforms(true);
      applyLight(ground, paletteFor(theme), lightOf(NO_MOON));
      const line = onScreen(paletteFor(theme).foam);
      for (const name of ["sea", "shallow", "land"] as const)
        expect(contrast(ground[name].value, line)).toBeGreaterThan(theme === "red" ? 2.5 : 4.5);
      expect(luminance(ground.sand.value)).toBeGreaterThan(luminance(ground.sea.value) * 2);
      expect(ground.land.value.r).toBeGreaterThan(theme === "red" ? 0.08 : 0.05);
    },
  );

  it("the theme for sunlight, whose marks are dark, is no darker at dusk", () => {
    const [dusk, always] = [createGroundUniforms(true), createGroundUniforms(true)];
    applyLight(dusk, paletteFor("day"), lightOf(DUSK));
    applyLight(always, paletteFor("day"));
    for (const name of GROUND) expect(dusk[name].value.equals(always[name].value)).toBe(true);
    expect(dusk.horizon.value.equals(always.horizon.value)).toBe(false);
  });

  it("surf, grid and what was seen are as bright as ever", () => {
    const [dark, always] = [createGroundUniforms(true), createGroundUniforms(true)];
    applyLight(dark, paletteFor("night"), lightOf(NO_MOON));
    applyLight(always, paletteFor("night"));
    for (const name of ["foam", "grid", "swept", "steep45"] as const)
      expect(dark[name].value.equals(always[name].value)).toBe(true);
    expect(luminance(dark.sand.value)).toBeLessThan(luminance(always.sand.value) / 2);
    expect(dark.uMapLevel.value).toBeLessThan(0.5);
  });
});
