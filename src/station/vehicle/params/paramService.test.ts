import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Param } from "../../../vehicle/params.js";
import { serviceBench } from "../../testing/serviceBench.js";
import { FtpRunner } from "../ftpRunner.js";
import { ParamService } from "./paramService.js";

type Options = Parameters<typeof serviceBench>[0];

function aStation(options: Options) {
  const bench = serviceBench(options);
  const { context, driven } = bench;
  const { link, time } = context;
  const ftp = new FtpRunner(link, time.scheduler);
  const service = new ParamService(context, ftp);
  driven.push(ftp, service);
  const vehicleId = context.vehicle.state().id;
  const params = async (): Promise<readonly Param[]> => {
    const reply = await service.answer({ kind: "get-params", vehicleId });
    return reply.ok && reply.value.kind === "params" ? reply.value.params : [];
  };
  const load = (isFresh = false) => bench.until(service.answer({ kind: "load-params", vehicleId, isFresh }));
  const set = (name: string, value: number, isForced = false, isConfirmed = false) =>
    bench.until(service.answer({ kind: "set-param", vehicleId, name, value, isForced, isConfirmed }));
  const loads = () =>
    bench.published.filter((message) => message.kind === "param-load").map(({ load: published }) => published);
  return { ...bench, service, vehicleId, params, load, set, loads };
}

const done = { ok: true, value: { kind: "done" } };
const RADIO = { dropFraction: 0.05, duplicateFraction: 0.02, delayMs: 60, jitterMs: 20, reorderFraction: 0.02 };
const withoutChores = (options: Options): Options => ({ ...options });

describe("a parameter of an armed aircraft", () => {
  it("is not written unless a person confirmed it, by any door: it can switch off fence and failsafes", async () => {
    const { service, vehicleId, load, set, params, arm, until } = aStation({ autopilot: "ardupilot" });
    await load();
    const valueOf = async (name: string) => (await params()).find((param) => param.name === name)?.value;
    const before = await valueOf("RTL_ALT");
    arm(true);
    const refused = { ok: false, error: { kind: "param", failure: { kind: "not-confirmed", name: "RTL_ALT" } } };
    expect(await set("RTL_ALT", 4000)).toEqual(refused);
    expect(await set("RTL_ALT", 4000, true)).toEqual(refused);
    const values = [{ name: "RTL_ALT", value: 4000 }];
    const many = { kind: "set-params", vehicleId, values } as const;
    expect(await until(service.answer({ ...many, isConfirmed: false }))).toMatchObject({
      value: { countOfSet: 0, notTaken: [{ kind: "not-confirmed" }] },
    });
    expect(await valueOf("RTL_ALT")).toBe(before);
    expect(await set("RTL_ALT", 4000, false, true)).toEqual(done);
    expect(await valueOf("RTL_ALT")).toBe(4000);
  });
});

describe("the whole table", () => {
  it.each([1, 2, 3])("comes from an ArduPilot as a packed file, with defaults (seed %i)", async (seed) => {
    const { load, loads, params } = aStation({ autopilot: "ardupilot", faults: RADIO, seed });
    expect(await load()).toEqual(done);
    const all = await params();
    expect(all.length).toBeGreaterThan(1000);
    expect(loads().at(-1)).toMatchObject({ phase: "complete", way: "packed-file", countOfAll: all.length });
    expect(all.find(({ name }) => name === "RTL_ALT")).toMatchObject({ value: 3000, type: "int32" });
    expect(all.filter(({ metadata }) => metadata?.defaultValue !== undefined)).toHaveLength(all.length);
  });

  it.each(["ardupilot", "px4"] as const)(
    "comes one by one from %s without files, over a bad radio",
    async (autopilot) => {
      const packed = aStation({ autopilot: "ardupilot" });
      await packed.load();
      const { load, loads, params } = aStation({ autopilot, faults: RADIO, hasFiles: false });
      expect(await load(true)).toEqual(done);
      const all = await params();
      expect(loads().at(-1)).toMatchObject({ phase: "complete", way: "one-by-one" });
      if (autopilot === "ardupilot") {
        const values = (list: readonly Param[]) => list.map(({ name, value, type }) => [name, value, type]);
        expect(values(all)).toEqual(values(await packed.params()));
      } else expect(all.find(({ name }) => name === "MAV_SYS_ID")).toMatchObject({ type: "int32", value: 1 });
    },
  );

  it("comes one by one when the vehicle knows MAVFTP but nobody answers it", async () => {
    const { load, loads } = aStation({
      autopilot: "ardupilot",
      isSwallowed: (name) => name === "FILE_TRANSFER_PROTOCOL",
    });
    expect(await load()).toEqual(done);
    expect(loads().at(-1)).toMatchObject({ way: "one-by-one" });
  });

  it("of a PX4 is taken from the disk when its hash says that nothing changed", async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), "vigie-params-"));
    const first = aStation({ autopilot: "px4", dataFolder });
    await first.load();
    expect(first.loads().at(-1)).toMatchObject({ phase: "complete", way: "one-by-one" });
    await first.untilTrue(() => existsSync(join(dataFolder, "params", "px4-00aa11bb22cc33dd.json")));
    const second = aStation({ autopilot: "px4", dataFolder });
    expect(await second.load()).toEqual(done);
    expect(second.loads().at(-1)).toMatchObject({ phase: "complete", way: "cache" });
    expect(second.sent).not.toContain("PARAM_REQUEST_LIST");
    const values = (list: readonly Param[]) => list.map(({ name, value, type }) => [name, value, type]);
    expect(values(await second.params())).toEqual(values(await first.params()));
    // A change on board changes the hash: everything is fetched again.
    const third = aStation({ autopilot: "px4", dataFolder });
    await third.set("RTL_RETURN_ALT", 77);
    await third.load();
    expect(third.loads().at(-1)).toMatchObject({ phase: "complete", way: "one-by-one" });
  });

  it("ends as cancelled, and says how far it came", async () => {
    const { service, vehicleId, run, until, loads } = aStation({ autopilot: "ardupilot", hasFiles: false });
    const loading = service.answer({ kind: "load-params", vehicleId, isFresh: false });
    await run(1500);
    void service.answer({ kind: "cancel-params", vehicleId });
    expect(await until(loading)).toEqual({ ok: false, error: { kind: "param", failure: { kind: "cancelled" } } });
    expect(loads().at(-1)).toMatchObject({ phase: "failed", failure: { kind: "cancelled" } });
    await run(60_000);
    expect(loads().at(-1)).toMatchObject({ phase: "failed" });
  });

  it("ends when the vehicle is lost, and comes by itself after it is back", async () => {
    const { service, vehicleId, run, until, cut, mend, loads } = aStation({ autopilot: "ardupilot" });
    const loading = service.answer({ kind: "load-params", vehicleId, isFresh: false });
    await run(100);
    cut();
    expect(await until(loading)).toEqual({ ok: false, error: { kind: "param", failure: { kind: "vehicle-lost" } } });
    await run(10_000);
    mend();
    await run(30_000);
    expect(loads().at(-1)).toMatchObject({ phase: "complete" });
  });
});

describe("loading by itself", () => {
  it("happens once, on the ground, some seconds after the vehicle was heard", async () => {
    const { run, loads, sent } = aStation({ autopilot: "ardupilot" });
    await run(5000);
    expect(sent).toEqual([]);
    await run(30_000);
    expect(loads().at(-1)).toMatchObject({ phase: "complete" });
    const countOfSent = sent.length;
    await run(60_000);
    expect(sent.length).toBeLessThan(countOfSent + 10);
  });

  it("does not happen in the air", async () => {
    const { run, arm, sent, loads } = aStation({ autopilot: "ardupilot" });
    arm(true);
    await run(60_000);
    expect(sent).toEqual([]);
    arm(false);
    await run(30_000);
    expect(loads().at(-1)).toMatchObject({ phase: "complete" });
  });

  it("gives way to a plan and goes on after it", async () => {
    const { run, place, sent, loads } = aStation({ autopilot: "ardupilot", hasFiles: false, linkBitsPerS: 57_600 });
    await run(8000);
    const release = place.claim("plan");
    await run(2000);
    const countOfSent = sent.length;
    await run(30_000);
    expect(sent.length).toBe(countOfSent);
    expect(loads().at(-1)).toMatchObject({ phase: "loading" });
    release?.();
    await run(90_000);
    expect(loads().at(-1)).toMatchObject({ phase: "complete" });
  });

  it("is refused while somebody else's transfer goes on, when it is asked for", async () => {
    const { load, place } = aStation({ autopilot: "ardupilot" });
    place.claim("log");
    expect(await load()).toEqual({ ok: false, error: { kind: "param", failure: { kind: "busy" } } });
  });
});

describe("writing", () => {
  it.each(["ardupilot", "px4"] as const)("is believed when %s echoes it, over a bad radio", async (autopilot) => {
    const [whole, real] = autopilot === "px4" ? ["NAV_RCL_ACT", "RTL_RETURN_ALT"] : ["RTL_ALT", "WPNAV_RADIUS"];
    const { set, params, load } = aStation(withoutChores({ autopilot, faults: { ...RADIO, dropFraction: 0.1 } }));
    expect(await set(whole, autopilot === "px4" ? 3 : 4500)).toEqual(done);
    expect(await set(real, 61.3)).toEqual(done);
    await load(true);
    const all = await params();
    expect(all.find(({ name }) => name === whole)?.value).toBe(autopilot === "px4" ? 3 : 4500);
    expect(all.find(({ name }) => name === real)?.value).toBe(Math.fround(61.3));
  });

  it("tells the value that stayed where a parameter is read-only, and an unknown name", async () => {
    const { set } = aStation({ autopilot: "ardupilot" });
    const failure = { kind: "not-taken", name: "FORMAT_VERSION", value: 120 };
    expect(await set("FORMAT_VERSION", 3)).toEqual({ ok: false, error: { kind: "param", failure } });
    const unknown = { kind: "unknown-name", name: "NO_SUCH_THING" };
    expect(await set("NO_SUCH_THING", 3)).toEqual({ ok: false, error: { kind: "param", failure: unknown } });
  });

  it("goes one after the other, and tells what was not taken", async () => {
    const { service, vehicleId, until, load } = aStation({ autopilot: "ardupilot" });
    await load();
    const values = [
      { name: "RTL_ALT", value: 2000 },
      { name: "FORMAT_VERSION", value: 1 },
      { name: "FS_GCS_ENABLE", value: 1000 },
      { name: "WPNAV_SPEED", value: 700 },
    ];
    expect(await until(service.answer({ kind: "set-params", vehicleId, values, isConfirmed: false }))).toMatchObject({
      ok: true,
      value: {
        kind: "params-set",
        countOfSet: 2,
        notTaken: [
          { kind: "not-taken", name: "FORMAT_VERSION" },
          { kind: "out-of-range", name: "FS_GCS_ENABLE" },
        ],
      },
    });
  });

  it("of another station is news, a few times a second at most", async () => {
    const { load, published, run, context, sim: _, service } = aStation({ autopilot: "ardupilot" });
    await load();
    await run(1000);
    const target = { target_system: 1, target_component: 1 };
    for (const value of [2100, 2200, 2300]) {
      context.link.send({
        name: "PARAM_SET",
        fields: { ...target, param_id: "RTL_ALT", param_value: value, param_type: 6 },
      });
    }
    await run(1000);
    const changes = published.filter((message) => message.kind === "params-changed");
    expect(changes.length).toBeLessThanOrEqual(2);
    expect(changes.at(-1)?.params.find(({ name }) => name === "RTL_ALT")?.value).toBe(2300);
    expect(service.snapshot()).toMatchObject([{ kind: "param-load", load: { phase: "complete" } }]);
  });

  it("of a family's switch brings its parameters", async () => {
    const { load, set, params, run } = aStation({ autopilot: "ardupilot" });
    await load();
    const before = (await params()).length;
    expect(await set("FOLL_ENABLE", 1)).toEqual(done);
    await run(40_000);
    const names = (await params()).map(({ name }) => name);
    expect(names).toContain("FOLL_SYSID");
    expect(names.length).toBeGreaterThan(before);
  });
});

describe("metadata", () => {
  it("of a PX4 comes over MAVFTP and gives names, units, ranges and restarts; a value outside is refused unless forced", async () => {
    const { load, params, set, untilTrue } = aStation({ autopilot: "px4" });
    await load();
    await untilTrue(async () => (await params()).some(({ metadata }) => metadata?.title !== undefined));
    const published = (await params()).filter(({ metadata }) => metadata?.title !== undefined);
    expect(published.length).toBeGreaterThan(5);
    const ranged = published.find(({ metadata, type }) => metadata?.max !== undefined && type === "real32");
    const max = ranged?.metadata?.max ?? 0;
    const outside = await set(ranged?.name ?? "", max + 10);
    expect(outside).toMatchObject({ ok: false, error: { failure: { kind: "out-of-range", max } } });
    expect(await set(ranged?.name ?? "", max + 10, true)).toEqual(done);
    const slow = published.find(({ metadata, value }) => metadata?.needsReboot === true && metadata.max !== value);
    if (!slow) return;
    await set(slow.name, slow.value + 1, true);
    expect((await params()).find(({ name }) => name === slow.name)?.awaitsReboot).toBe(true);
  });
});

describe("files", () => {
  it("are written and read back; a bad line is told", async () => {
    const { load, service, vehicleId, until } = aStation({ autopilot: "ardupilot" });
    await load();
    for (const format of ["param", "params"] as const) {
      const written = await until(service.answer({ kind: "write-param-file", vehicleId, format }));
      const text = written.ok && written.value.kind === "param-file" ? written.value.text : "";
      const read = await until(service.answer({ kind: "read-param-file", vehicleId, text }));
      expect(read).toMatchObject({ ok: true, value: { kind: "param-values" } });
      expect(text).toContain(format === "param" ? "RTL_ALT,3000" : "1\t1\tRTL_ALT\t3000\t6");
    }
    expect(await service.answer({ kind: "read-param-file", vehicleId, text: "A,1\nB;2" })).toMatchObject({
      error: { kind: "bad-file", where: "line 2" },
    });
  });
});

it("a single parameter is read without a table; an unknown one is undefined", async () => {
  const { service, until } = aStation({ autopilot: "px4" });
  expect(await until(service.read("MAV_SYS_ID"))).toBe(1);
  expect(await until(service.read("NO_SUCH"))).toBeUndefined();
});
