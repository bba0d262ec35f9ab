/** Faults during a flight: the aircraft's process dies, the video has no poses. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ToUi, UiRequest } from "../contract/messages.js";
import { readTlog } from "../mavlink/tlog.js";
import type { VehicleCommand } from "../vehicle/commands.js";
import { vehicleFreshness } from "../vehicle/selectors/freshness.js";
import { readRecording } from "./recording/readRecording.js";
import { verifySortieFolder } from "./recording/verifyFolder.js";
import { createStation } from "./station.js";
import { freePort } from "../io/testing/freePort.js";
import { Children, eventually, joinAsScreen, ofKind, serve, VIGIE } from "./testing/servedStation.js";
import { reading } from "./testing/reading.js";

const children = new Children();
afterEach(() => children.killAll());

const SCENARIO = resolve("missions/scenarios/boulogne-night-1.json");
const PLAN = resolve("missions/plans/boulogne-night-1.plan");
/** Faster than real time: the climb is not what is tested. */
const SPEEDUP = 4;
const MAV_CMD_COMPONENT_ARM_DISARM = 400;

const simulatorOn = (linkPort: number) =>
  children.add(process.execPath, [
    resolve("dist/node/sim.cjs"),
    ...["--scenario", SCENARIO, "--mavlink", `udpout:127.0.0.1:${linkPort}`, "--speedup", String(SPEEDUP)],
  ]);
const waitFor = (look: () => boolean, withinMs: number) => eventually(look, withinMs).toBe(true);

const order = (command: VehicleCommand) => ({ commandId: `test-${command.kind}`, command, isConfirmed: true });

/** A station in this process on a real port, with one client. */
async function aStation() {
  const linkPort = await freePort();
  const sortieFolder = join(mkdtempSync(join(tmpdir(), "vigie-faults-")), "sortie");
  const station = createStation({
    inputs: { links: [`udp://:${linkPort}`], video: [], decoder: "none" },
    folders: { data: mkdtempSync(join(tmpdir(), "vigie-faults-")), sortie: sortieFolder },
    training: undefined,
    requireUiHeartbeat: false,
  });
  const published: ToUi[] = [];
  const screen = station.connectUi(reading((message) => published.push(message)));
  let requestId = 0;
  const ask = async (request: UiRequest): Promise<string> => {
    const id = ++requestId;
    screen.fromUi({ kind: "request", requestId: id, request });
    const reply = () => ofKind(published, "reply").find((message) => message.requestId === id);
    await waitFor(() => reply() !== undefined, 30_000);
    const result = reply()?.result;
    return result?.ok === true ? "ok" : JSON.stringify(result?.error);
  };
  const batch = () => ofKind(published, "telemetry-batch").at(-1);
  const vehicle = () => batch()?.vehicles[0];
  const noticeKeys = () => ofKind(published, "notice").map(({ notice }) => notice.key);
  return { station, published, ask, batch, vehicle, noticeKeys, linkPort, sortieFolder };
}

function armingsIn(folder: string): number {
  let count = 0;
  readTlog(new Uint8Array(readFileSync(join(folder, "telemetry.tlog"))), ({ frame }) => {
    const isCommand = frame.name === "COMMAND_LONG" || frame.name === "COMMAND_INT";
    if (isCommand && frame.fields["command"] === MAV_CMD_COMPONENT_ARM_DISARM && frame.fields["param1"] === 1) count++;
  });
  return count;
}

/** Unix time of the aircraft's last recorded position. */
async function lastPlaceUs(folder: string): Promise<number> {
  const opened = await readRecording(folder);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value.vehicles[0]?.track.at(-1)?.unixTimeUs ?? 0;
}

type FlyingStation = Awaited<ReturnType<typeof aStation>>;

async function takeOff({ ask, vehicle }: FlyingStation): Promise<void> {
  await waitFor(() => vehicle()?.home !== undefined, 30_000);
  const vehicleId = vehicle()!.id;
  await eventually(() => ask({ kind: "command", vehicleId, ...order({ kind: "arm" }) }), 30_000).toBe("ok");
  const takingOff = ask({ kind: "command", vehicleId, ...order({ kind: "take-off", altitudeAboveHomeM: 20 }) });
  expect(await takingOff).toBe("ok");
  await waitFor(() => (vehicle()?.position?.value.altitudeAboveHomeM ?? 0) > 5, 60_000);
}

describe("the aircraft's process killed in flight", () => {
  it("is lost within five seconds, heard again by itself, recorded to the last second, and nothing re-arms", async () => {
    const flying = await aStation();
    const { station, published, batch, vehicle, noticeKeys, linkPort, sortieFolder } = flying;
    const simulator = simulatorOn(linkPort);
    await takeOff(flying);

    simulator.kill("SIGKILL");
    const killedMs = Date.now();
    await waitFor(() => noticeKeys().includes("vehicle-lost"), 6000);
    expect(Date.now() - killedMs).toBeLessThan(5000);
    await waitFor(() => vehicleFreshness(vehicle()!, batch()!.stationMonoMs) === "lost", 1000);
    expect(Date.now() - killedMs).toBeLessThan(5000);
    await waitFor(() => batch()?.links[0]?.state === "lost", 1000);

    // Still being written, and readable up to the last frame received.
    expect(await verifySortieFolder(sortieFolder)).toMatchObject({ value: { verdict: "unsealed", problems: [] } });
    expect(Math.abs(killedMs * 1000 - (await lastPlaceUs(sortieFolder)))).toBeLessThan(1_000_000);
    const armingsBefore = armingsIn(sortieFolder);
    expect(armingsBefore).toBeGreaterThanOrEqual(1);

    const countOfPublished = published.length;
    simulatorOn(linkPort);
    await waitFor(() => noticeKeys().includes("vehicle-back"), 20_000);
    await waitFor(() => vehicle()?.heartbeat?.value.isArmed === false, 5000);
    await new Promise((done) => setTimeout(done, 4000));
    const since = ofKind(published.slice(countOfPublished), "command-status");
    expect(since.filter(({ status }) => status.phase !== "failed")).toEqual([]);
    expect(vehicle()?.heartbeat?.value.isArmed).toBe(false);
    expect(vehicleFreshness(vehicle()!, batch()!.stationMonoMs)).toBe("live");

    const endedMs = Date.now();
    await station.dispose();
    expect(armingsIn(sortieFolder)).toBe(armingsBefore);
    expect(await verifySortieFolder(sortieFolder)).toMatchObject({ value: { verdict: "intact", problems: [] } });
    expect(endedMs * 1000 - (await lastPlaceUs(sortieFolder))).toBeLessThan(1_000_000);
    const opened = await readRecording(sortieFolder);
    const kinds = opened.ok ? opened.value.events.map((event) => event.kind) : [];
    expect(kinds).toEqual(expect.arrayContaining(["armed", "vehicle-lost", "vehicle-back", "disarmed"]));
  });
});

describe("the pilot's Ctrl-C on `vigie fly` in flight", () => {
  it("brings the aircraft back, lands, seals the sortie and says so", async () => {
    const linkPort = await freePort();
    const folder = mkdtempSync(join(tmpdir(), "vigie-interrupt-"));
    const sortieFolder = join(folder, "sortie");
    simulatorOn(linkPort);
    const args = ["fly", PLAN, "--link", `udp://:${linkPort}`, "--no-video", "--sortie", sortieFolder, "--json"];
    const fly = children.add(process.execPath, [VIGIE, ...args], { VIGIE_HOME: folder });
    let [words, printed] = ["", ""];
    fly.stdout?.on("data", (text: Buffer) => (printed += text.toString()));
    fly.stderr?.on("data", (text: Buffer) => (words += text.toString()));
    const ended = new Promise<number | null>((done) => fly.once("close", done));
    await waitFor(() => /item [4-9] of/.test(words), 90_000);
    fly.kill("SIGINT");
    expect(await ended).toBe(1);
    expect(words).toContain("returning to launch");
    expect(words).toContain("landed and disarmed");
    expect(JSON.parse(printed)).toMatchObject({ ok: false, verified: true, problem: /cancelled by the pilot/ });
    expect(await verifySortieFolder(sortieFolder)).toMatchObject({ value: { verdict: "intact" } });
  });
});

const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;

describe("a video without KLV", () => {
  it.skipIf(!hasFfmpeg)("gives pictures and boxes but no place, no contact, and says why (needs ffmpeg)", async () => {
    const { url, videoPort } = await serve(children);
    const { received, close } = joinAsScreen(url);
    const picture =
      "color=c=0x303030:s=640x512:r=20,drawbox=x=300:y=250:w=9:h=9:color=white:t=fill,noise=alls=4:allf=t";
    children.add("ffmpeg", [
      ...["-hide_banner", "-loglevel", "error", "-re", "-f", "lavfi", "-i", picture, "-t", "60"],
      ...["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "20", "-pix_fmt", "yuv420p"],
      ...["-f", "mpegts", `udp://127.0.0.1:${videoPort}?pkt_size=1316`],
    ]);
    await waitFor(() => ofKind(received, "video-frame").length >= 40, 30_000);
    await waitFor(() => ofKind(received, "video-status").at(-1)?.status.state === "live", 5000);
    close();
    const frames = ofKind(received, "video-frame").map(({ frame }) => frame);
    expect(frames.every((frame) => frame.ground === undefined)).toBe(true);
    // The warm square is still detected; it only has no position.
    const boxes = frames.flatMap((frame) => frame.boxes);
    expect(boxes.length).toBeGreaterThan(10);
    expect(boxes.every((box) => box.contactId === undefined)).toBe(true);
    const statuses = ofKind(received, "video-status").map(({ status }) => status);
    const isPlaced = statuses.some(({ hasKlv, skewMs, latencyMs }) => hasKlv || (skewMs ?? latencyMs) !== undefined);
    expect(isPlaced).toBe(false);
    expect(statuses.at(-1)).toMatchObject({ state: "live", hasKlv: false });
    expect(ofKind(received, "contacts").every(({ contacts }) => contacts.length === 0)).toBe(true);
    expect(ofKind(received, "contact-picture")).toEqual([]);
  });
});
