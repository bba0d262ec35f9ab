import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ok } from "../../core/result.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFields, MavlinkFrame } from "../../mavlink/frame.js";
import { createReader } from "../../mavlink/reader.js";
import { isSignatureValid, signingTimeOf } from "../../mavlink/signing.js";
import { readTlog } from "../../mavlink/tlog.js";
import type { Station } from "../stationTypes.js";
import { FakeVehicle, FakeWire } from "../testing/fakeVehicle.js";
import { ofKind } from "../testing/servedStation.js";
import { stationOn } from "../testing/wiredStation.js";

const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});

const A = "udp://:14550";
const B = "udp://:14560";
const OUT = "udp://127.0.0.1:14580";
const folder = (): string => mkdtempSync(join(tmpdir(), "vigie-links-"));
const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

function framesIn(chunks: readonly Uint8Array[]): MavlinkFrame[] {
  const frames: MavlinkFrame[] = [];
  const reader = createReader({ isDatagram: true });
  for (const bytes of chunks) reader.push(bytes, (frame) => frames.push(frame));
  return frames;
}
const namesOn = (wire: FakeWire) => framesIn(wire.sent).map(({ name }) => name);
/** A frame of another ground station. */
const othersWords = (name: string, fields: MavlinkFields, seq = 7) =>
  encodeFrame({ name, fields, systemId: 254, componentId: 190, seq, version: 2 });

describe("links", () => {
  it("are added and removed while flying, and those added are there after a restart", async () => {
    const dataFolder = folder();
    const wires = [new FakeWire(A), new FakeWire(B), new FakeWire(OUT)];
    const first = await stationOn(wires, { open, dataFolder, inputs: { links: [A] }, requireUiHeartbeat: true });
    expect(await first.ask({ kind: "add-link", uri: B, role: "vehicle" })).toMatchObject({ ok: true });
    expect(await first.ask({ kind: "add-link", uri: OUT, role: "output" })).toMatchObject({ ok: true });
    const again = await first.ask({ kind: "add-link", uri: B, role: "vehicle" });
    expect(again).toMatchObject({ error: { kind: "link", failure: { kind: "link-exists" } } });
    expect(await first.ask({ kind: "remove-link", linkName: "udp:14560" })).toMatchObject({ ok: true });
    const unknown = await first.ask({ kind: "remove-link", linkName: "udp:14560" });
    expect(unknown).toMatchObject({ error: { failure: { kind: "no-such-link" } } });
    await first.station.dispose();
    const second = await stationOn(wires, { open, dataFolder, inputs: { links: [A] }, requireUiHeartbeat: true });
    expect(second.batch().links.map(({ name, role }) => `${name} ${role}`)).toEqual([
      "udp:14550 vehicle",
      "udp:127.0.0.1:14580 output",
    ]);
  });

  it("that were given at the start, and not added while flying, are not kept for the next start", async () => {
    const dataFolder = folder();
    const wires = [new FakeWire(A), new FakeWire(B)];
    const first = await stationOn(wires, { open, dataFolder, inputs: { links: [A] }, requireUiHeartbeat: true });
    expect(await first.ask({ kind: "add-link", uri: B, role: "vehicle" })).toMatchObject({ ok: true });
    await first.station.dispose();
    const second = await stationOn(wires, { open, dataFolder, inputs: { links: [] }, requireUiHeartbeat: true });
    expect(second.batch().links.map(({ name }) => name)).toEqual(["udp:14560"]);
  });

  it("that can never be opened are refused with the reason, and hinder no other", async () => {
    const wire = new FakeWire(A);
    const station = await stationOn([wire], { open, inputs: { links: ["udp://:99999", A] } });
    const vehicle = new FakeVehicle({ wires: [wire] });
    station.fly(1, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(station.batch().vehicles.length).toBe(1);
    expect(station.keys()).toContain("danger link-failed");
    const refused = await station.ask({ kind: "add-link", uri: "serial:/dev/ttyUSB0", role: "vehicle" });
    expect(refused).toMatchObject({ error: { kind: "link", failure: { kind: "bad-uri", problem: /baud rate/ } } });
  });

  it("unplugged are told at once, once, and again when they are back", async () => {
    const wire = new FakeWire(A);
    const { keys, batch, fly } = await stationOn([wire], { open });
    const vehicle = new FakeVehicle({ wires: [wire] });
    fly(2, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    for (let i = 0; i < 5; i++) wire.setState({ kind: "lost", because: "device gone", retryAtMonoMs: 3000 + i });
    fly(0.6, () => undefined);
    expect(batch().links[0]).toMatchObject({ state: "lost", because: "device gone", retryAtMonoMs: 3004 });
    expect(keys().filter((key) => key === "danger link-lost").length).toBe(1);
    wire.setState({ kind: "open", address: "test", port: 1 });
    fly(0.6, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(keys()).toContain("info link-back");
  });

  it("findings 6.11: are back when something is heard on them, not when a socket connects", async () => {
    const wire = new FakeWire(A);
    const { keys, fly } = await stationOn([wire], { open });
    const vehicle = new FakeVehicle({ wires: [wire] });
    fly(2, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    // A peer that accepts and closes, each time with a different error.
    for (let i = 0; i < 40; i++) {
      wire.setState({ kind: "lost", because: i % 2 === 0 ? "closed by the other side" : "read ECONNRESET" });
      fly(0.5, () => undefined);
      wire.setState({ kind: "open", address: "test", port: 1 });
      fly(0.5, () => undefined);
    }
    expect(keys().filter((key) => /link-/.test(key))).toEqual(["danger link-lost"]);
    fly(1, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(keys().filter((key) => /link-/.test(key))).toEqual(["danger link-lost", "info link-back"]);
  });

  it("findings 6.11: that come and go are one notice with a count, and steady ones are told", async () => {
    const wire = new FakeWire(A);
    const { notices, fly } = await stationOn([wire], { open });
    const vehicle = new FakeVehicle({ wires: [wire] });
    const ofLink = () => notices().filter(({ id }) => id === "link:udp:14550");
    fly(2, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    for (let i = 0; i < 77; i++) {
      wire.setState({ kind: "lost", because: "device gone" });
      fly(0.6, () => undefined);
      wire.setState({ kind: "open", address: "test", port: 1 });
      fly(0.6, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    }
    expect(ofLink().length).toBeLessThan(12);
    expect(ofLink().at(-1)).toMatchObject({
      key: "link-flaps",
      severity: "danger",
      facts: { count: 48, because: "link:unplugged" },
    });
    fly(29, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(ofLink().at(-1)?.key).toBe("link-flaps");
    fly(2, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(ofLink().at(-1)?.key).toBe("link-back");
  });

  it("review 1.7: two requests for one address at once open one port", async () => {
    const wires = [new FakeWire(A), new FakeWire(B)];
    const openedUris: string[] = [];
    const { screen, published } = await stationOn(wires, {
      open,
      inputs: { links: [A] },
      io: {
        openLink: (uri) => {
          openedUris.push(uri);
          return ok(wires.find(({ port }) => port.uri === uri)!.port);
        },
      },
    });
    const request = { kind: "add-link", uri: B, role: "vehicle" };
    for (const requestId of [101, 102]) screen.fromUi({ kind: "request", requestId, request });
    await expect.poll(() => ofKind(published, "reply").length).toBe(2);
    expect(openedUris).toEqual([A, B]);
    const replies = [101, 102].map(
      (id) => ofKind(published, "reply").find(({ requestId }) => requestId === id)?.result,
    );
    expect(replies).toMatchObject([{ ok: true }, { error: { failure: { kind: "link-exists" } } }]);
  });

  it("tell their rates, losses and round trip", async () => {
    const wire = new FakeWire(A);
    const { batch, fly } = await stationOn([wire], { open });
    const vehicle = new FakeVehicle({ wires: [wire] });
    let countOfAnswered = 0;
    fly(10, (nowMonoMs) => {
      vehicle.sendTelemetry(nowMonoMs);
      vehicle.frame("HEARTBEAT", {}); // one of four is lost
      const asked = vehicle.received.filter(({ name }) => name === "TIMESYNC");
      for (const { fields } of asked.slice(countOfAnswered)) vehicle.send("TIMESYNC", { tc1: 5n, ts1: fields["ts1"]! });
      countOfAnswered = asked.length;
    });
    const [link] = batch().links;
    expect(link?.messagesPerS).toBeGreaterThan(25);
    expect(link?.bytesPerS).toBeGreaterThan(500);
    expect(link?.lossFraction).toBeCloseTo(0.25, 1);
    expect(link?.roundTripMs).toBeGreaterThanOrEqual(0);
    expect(link?.roundTripMs).toBeLessThanOrEqual(100);
    expect(batch().paths[0]?.paths[0]?.roundTripMs).toBe(link?.roundTripMs);
  });
});

describe("an output link", () => {
  async function forwarding() {
    const wires = [new FakeWire(A), new FakeWire(B), new FakeWire(OUT)] as const;
    const sortieFolder = join(folder(), "sortie");
    const station = await stationOn(wires, { open, inputs: { links: [A, B] }, sortieFolder });
    const vehicle = new FakeVehicle({ wires: [wires[0]] });
    const other = new FakeVehicle({ wires: [wires[1]], systemId: 2, from: "10.0.0.2:1" });
    expect(await station.ask({ kind: "add-link", uri: OUT, role: "output" })).toMatchObject({ ok: true });
    station.fly(2, (nowMonoMs) => {
      vehicle.sendTelemetry(nowMonoMs);
      other.sendTelemetry(nowMonoMs);
    });
    const [a, b, out] = wires;
    const receiveFromOther = (bytes: Uint8Array): void => out.deliver(bytes, "127.0.0.1:14580");
    return { ...station, a, b, out, vehicle, other, receiveFromOther, sortieFolder };
  }

  it("gets every frame of every vehicle as it was, and nothing of ours", async () => {
    const { out, vehicle } = await forwarding();
    const received = framesIn(out.sent);
    expect(new Set(received.map(({ systemId }) => systemId))).toEqual(new Set([1, 2]));
    expect(received.length).toBeGreaterThanOrEqual(2 * 20 * 3);
    expect(vehicle.count("HEARTBEAT")).toBeGreaterThan(0);
  });

  it("brings another station's words to the vehicle they are for, to all where they are for all", async () => {
    const { receiveFromOther, vehicle, other } = await forwarding();
    receiveFromOther(othersWords("PARAM_REQUEST_READ", { target_system: 2, target_component: 1, param_index: 3 }));
    expect([vehicle.count("PARAM_REQUEST_READ"), other.count("PARAM_REQUEST_READ")]).toEqual([0, 1]);
    receiveFromOther(othersWords("MANUAL_CONTROL", { target: 0 }, 8));
    expect([vehicle.count("MANUAL_CONTROL"), other.count("MANUAL_CONTROL")]).toEqual([1, 1]);
  });

  it("brings words that are for all to the vehicles, and not to a stranger on the vehicle's link", async () => {
    const [a, out] = [new FakeWire(A), new FakeWire(OUT)];
    // A port that listens: it sends only to addresses it was spoken to from.
    const openLink = (uri: string) => ok(uri === A ? { ...a.port, answersOnly: true as const } : out.port);
    const { ask, fly } = await stationOn([a, out], { open, inputs: { links: [A] }, io: { openLink } });
    expect(await ask({ kind: "add-link", uri: OUT, role: "output" })).toMatchObject({ ok: true });
    const vehicle = new FakeVehicle({ wires: [a] });
    fly(1, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    const toStranger: Uint8Array[] = [];
    a.join("10.0.0.77:7", (bytes) => toStranger.push(bytes));
    a.deliver(othersWords("SYSTEM_TIME", { time_boot_ms: 1 }), "10.0.0.77:7");
    out.deliver(othersWords("MANUAL_CONTROL", { target: 0 }, 8), "127.0.0.1:14580");
    expect(vehicle.count("MANUAL_CONTROL")).toBe(1);
    expect(framesIn(toStranger).map(({ name }) => name)).not.toContain("MANUAL_CONTROL");
  });

  it("makes no loop: echoes of vehicles, of ours and of others end here", async () => {
    const { receiveFromOther, a, b, out, vehicle, fly, sortieFolder, station } = await forwarding();
    for (const bytes of [...out.sent]) receiveFromOther(bytes);
    for (const bytes of a.sent.slice(-5)) receiveFromOther(bytes);
    const sentBefore = [a.sent.length, b.sent.length, out.sent.length];
    // Another station's frame comes back over the vehicle's link: it is not forwarded again.
    const words = othersWords("MANUAL_CONTROL", { target: 0 });
    receiveFromOther(words);
    receiveFromOther(words);
    a.deliver(words, "10.0.0.1:1");
    expect([a.sent.length, b.sent.length, out.sent.length]).toEqual([
      sentBefore[0]! + 1,
      sentBefore[1]! + 1,
      sentBefore[2],
    ]);
    fly(0.1, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    await station.dispose();
    const recorded = { own: 0, others: 0 };
    readTlog(new Uint8Array(readFileSync(join(sortieFolder, "telemetry.tlog"))), ({ frame }) => {
      if (frame.systemId === 254) recorded.others++;
      if (frame.systemId === 255) recorded.own++;
    });
    expect(recorded.others).toBe(1);
    expect(recorded.own).toBeGreaterThan(3);
  });

  it("never carries a signing key, in either direction, nor is one recorded", async () => {
    const { receiveFromOther, a, b, out, station, sortieFolder } = await forwarding();
    const secret = othersWords("SETUP_SIGNING", { target_system: 1, secret_key: [1, 2, 3] });
    receiveFromOther(secret);
    a.deliver(secret, "10.0.0.1:1");
    for (const wire of [a, b, out]) expect(namesOn(wire)).not.toContain("SETUP_SIGNING");
    await station.dispose();
    readTlog(new Uint8Array(readFileSync(join(sortieFolder, "telemetry.tlog"))), ({ frame }) => {
      expect(frame.name).not.toBe("SETUP_SIGNING");
    });
  });
});

describe("a signed link", () => {
  async function signed(policy: "sign" | "require") {
    const wire = new FakeWire(A);
    const station = await stationOn([wire], { open });
    await station.ask({ kind: "add-signing-key", keyName: "field", passphrase: "vigie golden" });
    const set = { kind: "set-link-signing", linkName: "udp:14550", policy, keyName: "field" };
    expect(await station.ask(set)).toMatchObject({ ok: true });
    const vehicle = new FakeVehicle({ wires: [wire] });
    const secretKey = sha256(Buffer.from("vigie golden"));
    const sendHeartbeat = { type: 2, autopilot: 3, base_mode: 81, custom_mode: 4, system_status: 3 };
    let ahead = 0;
    const publish = (key = secretKey, time10us = signingTimeOf(station.clock.unixUs()) + ahead++): Uint8Array => {
      const bytes = vehicle.frame("HEARTBEAT", sendHeartbeat, 0, { secretKey: key, linkId: 3, time10us, sha256 });
      vehicle.raw(bytes);
      return bytes;
    };
    const link = () => {
      station.clock.advance(600);
      return station.batch().links[0]!.signing;
    };
    return { ...station, wire, vehicle, secretKey, publish, link };
  }

  it("signs what goes out, with times that rise over every message", async () => {
    const { wire, secretKey, clock } = await signed("sign");
    clock.advance(5000);
    const sent = framesIn(wire.sent).filter(({ signature }) => signature);
    expect(sent.length).toBeGreaterThan(4);
    expect(sent.every(({ bytes }) => isSignatureValid(bytes, { secretKey, sha256 }))).toBe(true);
    const times = sent.map(({ signature }) => signature!.time10us);
    expect(times.every((time10us, i) => i === 0 || time10us > times[i - 1]!)).toBe(true);
  });

  it("that requires signatures refuses unsigned, wrongly signed, repeated and old frames, but a radio's status", async () => {
    const { vehicle, publish, link, batch, wire, clock } = await signed("require");
    vehicle.sendHeartbeat();
    publish(new Uint8Array(32));
    publish(undefined, signingTimeOf(clock.unixUs()) - 7_000_000);
    expect(batch().vehicles).toEqual([]);
    expect(link()).toMatchObject({ countOfSigned: 0, countOfUnsigned: 1, countOfRefused: 2 });
    const good = publish();
    wire.deliver(good, "10.0.0.9:9");
    expect(link()).toMatchObject({ countOfSigned: 1, countOfRefused: 3 });
    expect(batch().vehicles.length).toBe(1);
    const before = batch().links[0]!.lastReceivedMonoMs;
    vehicle.send("RADIO_STATUS", { rssi: 100 });
    link();
    expect(batch().links[0]!.lastReceivedMonoMs).not.toBe(before);
  });

  it("that only signs takes unsigned frames and marks them, and refuses wrongly signed ones", async () => {
    const { vehicle, publish, link, batch } = await signed("sign");
    publish(new Uint8Array(32));
    vehicle.sendHeartbeat();
    expect(link()).toMatchObject({ policy: "sign", keyName: "field", countOfUnsigned: 1, countOfRefused: 1 });
    expect(batch().vehicles.length).toBe(1);
  });

  it("findings 6: unsigned words in the name of one that signs are not taken, from its own address neither", async () => {
    const { vehicle, publish, link, batch, notices } = await signed("sign");
    publish();
    link();
    expect(batch().vehicles[0]?.heartbeat?.value.isArmed).toBe(false);
    vehicle.sendHeartbeat(true);
    vehicle.sendHeartbeat(true);
    expect(link()).toMatchObject({ countOfSigned: 1, countOfUnsigned: 2, countOfRefused: 2 });
    expect(batch().vehicles[0]?.heartbeat?.value.isArmed).toBe(false);
    const published = notices().filter(({ key }) => key === "unsigned-in-its-name");
    expect(published).toMatchObject([{ severity: "danger", facts: { id: 1, link: "udp:14550" } }]);
  });

  it("tells of unsigned words in the name of one that signs once a minute at most", async () => {
    const { vehicle, publish, clock, notices } = await signed("sign");
    const told = () => notices().filter(({ key }) => key === "unsigned-in-its-name").length;
    publish();
    vehicle.sendHeartbeat();
    clock.advance(59_999);
    vehicle.sendHeartbeat();
    expect(told()).toBe(1);
    clock.advance(1);
    vehicle.sendHeartbeat();
    expect(told()).toBe(2);
  });

  it("takes unsigned words again once its signing was set anew", async () => {
    const { vehicle, publish, link, ask } = await signed("sign");
    publish();
    vehicle.sendHeartbeat();
    expect(link()).toMatchObject({ countOfRefused: 1 });
    await ask({ kind: "set-link-signing", linkName: "udp:14550", policy: "sign", keyName: "field" });
    vehicle.sendHeartbeat();
    expect(link()).toMatchObject({ countOfRefused: 1 });
  });

  it("keeps its setting, key and time over a restart, and the key is readable nowhere", async () => {
    const { wire, dataFolder, station, secretKey, clock } = await signed("require");
    clock.advance(20_000);
    const lastTime = framesIn(wire.sent).at(-1)!.signature!.time10us;
    await expect.poll(() => existsSync(join(dataFolder, "signing-time.json"))).toBe(true);
    await station.dispose();
    const kept = ["links.json", "signing-keys.json", "signing-time.json"].map((file) =>
      readFileSync(join(dataFolder, file), "utf8"),
    );
    expect(kept.join()).not.toContain(Buffer.from(secretKey).toString("hex"));
    expect(kept.join()).not.toContain(Buffer.from(secretKey).toString("base64"));
    // The computer's clock was set back by the length of that flight: this one begins at the same time of day.
    const next = new FakeWire(A);
    const again = await stationOn([next], { open, dataFolder });
    again.clock.advance(3000);
    expect(again.batch().links[0]?.signing).toMatchObject({ policy: "require", keyName: "field" });
    expect(framesIn(next.sent)[0]!.signature!.time10us).toBeGreaterThan(lastTime);
  });

  it("whose key is missing says so", async () => {
    const { ask } = await signed("sign");
    const none = await ask({ kind: "set-link-signing", linkName: "udp:14550", policy: "sign", keyName: "other" });
    expect(none).toMatchObject({ error: { kind: "link", failure: { kind: "no-such-key", keyName: "other" } } });
    expect(await ask({ kind: "remove-signing-key", keyName: "field" })).toMatchObject({
      error: { kind: "bad-request" },
    });
    expect(await ask({ kind: "add-signing-key", keyName: "field" })).toMatchObject({
      error: { failure: { kind: "key-exists" } },
    });
    expect(await ask({ kind: "list-signing-keys" })).toMatchObject({ value: { names: ["field"] } });
  });
});

describe("a vehicle's key", () => {
  async function onTheGround(from: string) {
    const wire = new FakeWire(A);
    const sortieFolder = join(folder(), "sortie");
    const station = await stationOn([wire], { open, sortieFolder });
    await station.ask({ kind: "add-signing-key", keyName: "field" });
    const vehicle = new FakeVehicle({ wires: [wire], from });
    station.fly(1, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    const setup = () => station.ask({ kind: "setup-vehicle-signing", vehicleId: "udp:14550/1", keyName: "field" });
    return { ...station, wire, vehicle, setup, sortieFolder };
  }

  it("is sent over a direct link to a disarmed vehicle, unrecorded; then its link signs", async () => {
    const { setup, vehicle, batch, clock, sortieFolder, station } = await onTheGround("127.0.0.1:5760");
    expect(await setup()).toMatchObject({ ok: true });
    const sent = vehicle.received.filter(({ name }) => name === "SETUP_SIGNING");
    expect(sent.length).toBe(2);
    expect(sent[0]!.fields["secret_key"]).toHaveLength(32);
    expect(new Set(sent[0]!.fields["secret_key"] as number[]).size).toBeGreaterThan(8);
    clock.advance(1000);
    expect(batch().links[0]?.signing).toMatchObject({ policy: "sign", keyName: "field" });
    await station.dispose();
    const text = readFileSync(join(sortieFolder, "telemetry.tlog")).toString("latin1");
    expect(text).not.toContain(Buffer.from(sent[0]!.fields["secret_key"] as number[]).toString("latin1"));
  });

  it("is not sent over a network, through a radio, or while armed", async () => {
    const remote = await onTheGround("192.168.4.1:14550");
    const notDirect = { error: { kind: "link", failure: { kind: "not-direct", linkName: "udp:14550" } } };
    expect(await remote.setup()).toMatchObject(notDirect);
    const armed = await onTheGround("127.0.0.1:5760");
    armed.vehicle.sendHeartbeat(true);
    expect(await armed.setup()).toMatchObject({ error: { failure: { kind: "armed" } } });
    const radio = await onTheGround("127.0.0.1:5760");
    radio.vehicle.send("RADIO_STATUS", { rssi: 100 });
    expect(await radio.setup()).toMatchObject(notDirect);
    for (const { wire } of [remote, armed, radio]) expect(namesOn(wire)).not.toContain("SETUP_SIGNING");
  });
});

describe("high latency", () => {
  const asked = async () => {
    const wire = new FakeWire(A);
    const station = await stationOn([wire], { open });
    const vehicle = new FakeVehicle({ wires: [wire] });
    const fly = (seconds: number) => station.fly(seconds, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    fly(1);
    const over = station.ask({ kind: "high-latency", vehicleId: "udp:14550/1", isOn: true });
    const sent = () => vehicle.received.filter(({ fields }) => fields["command"] === 2600).map(({ fields }) => fields);
    const acknowledge = (result: number, to = 255) =>
      vehicle.send("COMMAND_ACK", { command: 2600, result, target_system: to, target_component: 190 });
    return { ...station, over, fly, sent, acknowledge };
  };

  it("is asked for until the vehicle acknowledges it to us", async () => {
    const { over, fly, sent, acknowledge, published } = await asked();
    expect(sent()).toMatchObject([{ param1: 1, target_system: 1, confirmation: 0 }]);
    fly(1.2);
    acknowledge(0, 254);
    fly(1.4);
    expect(sent().map(({ confirmation }) => confirmation)).toEqual([0, 1, 2]);
    acknowledge(0);
    expect(await over).toMatchObject({ ok: true });
    fly(10);
    expect(sent()).toHaveLength(3);
    expect(ofKind(published, "reply").length).toBe(1);
  });

  it("is asked once at a time: an acknowledgement does not say which request it answers", async () => {
    const { over, ask, acknowledge, sent } = await asked();
    const second = await ask({ kind: "high-latency", vehicleId: "udp:14550/1", isOn: false });
    expect(second).toMatchObject({ error: { failure: { kind: "not-possible", because: "asked-already" } } });
    acknowledge(0);
    expect(await over).toMatchObject({ ok: true });
    expect(sent().map(({ param1 }) => param1)).toEqual([1]);
    // After its end it may be asked again.
    void ask({ kind: "high-latency", vehicleId: "udp:14550/1", isOn: false });
    expect(sent().map(({ param1 }) => param1)).toEqual([1, 0]);
  });

  it("is asked no longer once the station has ended", async () => {
    const { station, clock, sent } = await asked();
    await station.dispose();
    expect(clock.countOfWaiting()).toBe(0);
    clock.advance(30_000);
    expect(sent()).toHaveLength(1);
  });

  it("is refused, or not answered, in the words of any other command", async () => {
    const refused = await asked();
    refused.acknowledge(2);
    refused.fly(1);
    expect(await refused.over).toMatchObject({ ok: false, error: { failure: { kind: "refused", mavResult: 2 } } });
    const silent = await asked();
    silent.fly(10);
    expect(await silent.over).toMatchObject({ ok: false, error: { failure: { kind: "no-reply", attempts: 4 } } });
  });
});

describe("a link on which only MAVLink 1 was received", () => {
  it("is sent version 1, but version 2 where the message exists in no other, and the station goes on", async () => {
    const wire = new FakeWire(A);
    const { screen, published, fly } = await stationOn([wire], { open });
    const vehicle = new FakeVehicle({ wires: [wire] });
    vehicle.version = 1;
    fly(2, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    const operator = {
      ...{ operatorId: "FRA123", description: "", position: { latitudeDeg: 50.7, longitudeDeg: 1.6 } },
      altitudeAmslM: 3,
    };
    const command = { kind: "remote-id-operator", operator } as const;
    const request = { kind: "payload-command", vehicleId: "udp:14550/1", command };
    screen.fromUi({ kind: "request", requestId: 900, request });
    await expect.poll(() => ofKind(published, "reply").at(-1)?.result).toMatchObject({ ok: true });
    fly(3, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    const versions = (isAbove255: boolean) =>
      new Set(vehicle.received.flatMap((frame) => (frame.messageId > 255 === isAbove255 ? [frame.version] : [])));
    expect(versions(true)).toEqual(new Set([2]));
    expect(versions(false)).toContain(1);
  });
});
