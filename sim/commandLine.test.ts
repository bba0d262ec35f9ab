import { existsSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { argumentsOf } from "./arguments.js";
import { readAreaFile } from "../src/plan/formats/areaFile.js";
import { loadScene, writeScene } from "./loadScene.js";
import { createPace } from "./pace.js";
import { scenarioFailureText, scenarioFromText } from "./scenarioFile.js";
import { QUIET_BEACH } from "./testing/flightHarness.js";
import { aCliff } from "./testing/scenarios.js";
import { linkAddressOf } from "./wire/link.js";

const error = (line: string) => {
  const result = argumentsOf(line.split(" "));
  return result.ok ? undefined : result.error;
};

describe("vigie sim's command line", () => {
  it("reads everything it knows", () => {
    const line =
      "--scenario a.json --seed 7 --mavlink tcpin:5760+ --mavlink udpout:127.0.0.1:14600+ --video udp://127.0.0.1:5600 --truth t --speedup 4 --json " +
      "--autopilot px4 --airframe vtol --px4 1.15 --count 3 --traffic --remote-id --wire loss=0.1,seed=5";
    expect(argumentsOf(line.split(" "))).toEqual({
      ok: true,
      value: {
        scenarioFile: "a.json",
        seed: 7,
        flavour: { autopilot: "px4", airframe: "vtol", px4: "1.15" },
        count: 3,
        hasPortEach: true,
        faults: expect.objectContaining({ dropFraction: 0.1, seed: 5 }) as unknown,
        hasTraffic: true,
        hasRemoteId: true,
        mavlink: { kind: "tcpin", host: "127.0.0.1", port: 5760 },
        furtherPorts: [{ kind: "udpout", host: "127.0.0.1", port: 14600 }],
        videoUri: "udp://127.0.0.1:5600",
        truthFile: "t",
        speedup: 4,
        isJson: true,
        exitWithParent: false,
      },
    });
  });

  it("takes a drawn scene in place of a file", () => {
    const drawn = argumentsOf("--generate 7 --coast c.json --write there".split(" "));
    expect(drawn).toMatchObject({ ok: true, value: { drawn: { seed: 7, coastFile: "c.json", writeTo: "there" } } });
    expect(drawn.ok && drawn.value.scenarioFile).toBeUndefined();
    expect(drawn.ok && drawn.value.seed).toBeUndefined();
  });

  it.each([
    ["--generate 7", "--generate needs --coast FILE"],
    ["--generate x --coast c", "--generate needs a whole number"],
    ["--generate 7 --coast c --scenario a", "one of the two"],
    ["--generate 7 --coast c --seed 2", "has the seed that it was drawn from"],
    ["--scenario a --write there", "--write needs --generate SEED"],
    ["--seed 3", "--scenario FILE is missing"],
    ["--scenario a --autopilot betaflight", "--autopilot betaflight: expected ardupilot, px4"],
    ["--scenario a --airframe blimp", "--airframe blimp: expected copter, plane, vtol"],
    ["--scenario a --count 0", "--count needs a whole number from 1 to 20"],
    ["--scenario a --count 21", "--count needs a whole number from 1 to 20"],
    ["--scenario a --count 3 --mavlink udpout:h:65534+", "--mavlink udpout:h:65534+"],
    ["--scenario a --mavlink tcpin:1+ --mavlink tcpin:2", "--mavlink tcpin:2: a + for all of them or for none"],
    ["--scenario a --wire loss=2", '--wire: cannot read "loss=2"'],
    ["--scenario a --mavlink serial:x", "--mavlink serial:x"],
    ["--scenario a --video rtsp://x", "--video rtsp://x"],
    ["--scenario a --seed 1.5", "--seed"],
    ["--scenario a --speedup 0", "--speedup"],
    ["--scenario a --nonsense 1", "unknown option --nonsense"],
    ["--scenario", "needs a value"],
    ["stray", 'unexpected "stray"'],
  ])("says what is wrong with %s", (line, text) => {
    expect(error(line)).toContain(text);
  });

  it("knows its links", () => {
    expect(linkAddressOf("udpout:10.0.0.2:14550")).toEqual({
      ok: true,
      value: { kind: "udpout", host: "10.0.0.2", port: 14550 },
    });
    expect(linkAddressOf("tcpin:0.0.0.0:5760")).toMatchObject({ ok: true, value: { host: "0.0.0.0" } });
    for (const bad of ["udpout:1", "udpout:h:0", "tcpin:99999", "tcpin:", ""])
      expect(linkAddressOf(bad).ok).toBe(false);
  });
});

describe("scenario files", () => {
  it("names the file and the field that is wrong", () => {
    const broken = { ...QUIET_BEACH, wind: { ...QUIET_BEACH.wind, meanMps: -3 } };
    const result = scenarioFromText(JSON.stringify(broken), "night.json");
    expect(result.ok ? "" : scenarioFailureText(result.error)).toMatch(/^night\.json: wind\.meanMps: /);
    const text = scenarioFromText("{ not json", "night.json");
    expect(text.ok ? "" : scenarioFailureText(text.error)).toMatch(/^night\.json: not JSON/);
  });

  it("refuses an id twice and a follower of nobody", () => {
    const person = { id: "a", kind: "person", at: { eastM: 0, northM: 0 } };
    const twice = scenarioFromText(JSON.stringify({ ...QUIET_BEACH, actors: [person, person] }), "f");
    expect(twice.ok ? "" : scenarioFailureText(twice.error)).toBe('f: actors.1.id: "a" is used twice');
    const steps = [{ kind: "follow", actorId: "nobody", untilS: 5 }];
    const lost = scenarioFromText(JSON.stringify({ ...QUIET_BEACH, actors: [{ ...person, steps }] }), "f");
    expect(lost.ok ? "" : scenarioFailureText(lost.error)).toBe("f: actors.0.steps.0.actorId: no actor has this id");
  });

  it("names the terrain's member that is wrong, and a home that is not on it", () => {
    const refusal = (cliff: object, home: object = {}): string => {
      const sound = aCliff([]);
      const terrain = { cliff: { ...sound.terrain?.cliff, ...cliff } };
      const result = scenarioFromText(JSON.stringify({ ...sound, terrain, home: { ...sound.home, ...home } }), "f");
      return result.ok ? "" : scenarioFailureText(result.error);
    };
    expect(refusal({})).toBe("");
    expect(refusal({ foot: [{ eastM: 0, northM: 0 }] })).toMatch(/^f: terrain\.cliff\.foot: /);
    expect(refusal({ slopeWidthM: 0 })).toMatch(/^f: terrain\.cliff\.slopeWidthM: /);
    expect(refusal({ footAmslM: "5" })).toMatch(/^f: terrain\.cliff\.footAmslM: /);
    expect(refusal({ plateauAmslM: 5 })).toBe("f: terrain.cliff.plateauAmslM: must be above footAmslM");
    expect(refusal({}, { altitudeAmslM: 134 })).toBe("f: home.altitudeAmslM: the terrain is 5.0 m high there");
  });

  it.skipIf(!existsSync("missions/scenarios"))("takes every scenario that ships", () => {
    for (const name of readdirSync("missions/scenarios").filter((file) => file.endsWith(".json"))) {
      const result = scenarioFromText(readFileSync(`missions/scenarios/${name}`, "utf8"), name);
      expect(result.ok ? "" : scenarioFailureText(result.error)).toBe("");
    }
  });
});

describe("a scene to fly", () => {
  const SCENE = {
    ...{ drawn: { seed: 7, coastFile: "missions/coast/channel.json", writeTo: undefined }, scenarioFile: undefined },
  };

  it("drawn and written is read back as it is flown, and its area brings its home", async () => {
    const folder = mkdtempSync(join(tmpdir(), "vigie-drawn-"));
    const drawn = await loadScene(SCENE);
    if (!drawn.ok) throw new Error(drawn.error);
    expect(await writeScene(drawn.value, join(folder, "new"))).toEqual({ ok: true, value: undefined });
    const scenarioFile = join(folder, "new", "drawn-7.json");
    expect(await loadScene({ scenarioFile, drawn: undefined })).toEqual({
      ok: true,
      value: { scenario: drawn.value.scenario },
    });
    const area = readAreaFile(readFileSync(join(folder, "new", "drawn-7.geojson"), "utf8"), "drawn-7.geojson");
    const { home } = drawn.value.scenario;
    expect(area).toMatchObject({
      ok: true,
      value: { home: { position: { latitudeDeg: home.latitudeDeg, longitudeDeg: home.longitudeDeg } } },
    });
    expect(area.ok && area.value.area).toEqual(drawn.value.area);
  });

  it("says which file is missing, and where nothing can be written", async () => {
    const lost = await loadScene({ scenarioFile: "no/such.json", drawn: undefined });
    expect(lost.ok ? "" : lost.error).toMatch(/^no\/such\.json: ENOENT/);
    const coastless = await loadScene({ ...SCENE, drawn: { ...SCENE.drawn, coastFile: "package.json" } });
    expect(coastless.ok ? "" : coastless.error).toMatch(/^package\.json: /);
    const drawn = await loadScene(SCENE);
    const written = drawn.ok ? await writeScene(drawn.value, "package.json/there") : drawn;
    expect(written.ok ? "" : written.error).toMatch(/^package\.json\/there: /);
  });
});

describe("pace", () => {
  it("follows the wall clock times the speed-up without drift", () => {
    const pace = createPace(1000, 3);
    for (let ms = 1000; ms <= 61_000; ms += 7) pace.targetMs(ms);
    expect(pace.targetMs(61_000)).toBe(180_000);
  });

  it("makes up for a short stall and lets a long one go", () => {
    const pace = createPace(0, 1);
    expect(pace.targetMs(1500)).toBe(1500);
    expect(pace.targetMs(601_500)).toBe(3500);
    expect(pace.targetMs(601_600)).toBe(3600);
  });
});
