import { createSocket } from "node:dgram";
import { createServer, type Socket } from "node:net";
import { filter, take, toArray, type Observable } from "rxjs";
import { afterEach, describe, expect, it } from "vitest";
import type { LinkPort, LinkPortState } from "./linkPort.js";
import { openLink } from "./openLink.js";
import { realClock, realScheduler } from "./realClock.js";
import { openVideoReceiver } from "./videoReceiver.js";

/** The next value; when none comes, the test fails by its time-out. */
const firstValueFrom = <T>(stream$: Observable<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    stream$.pipe(take(1)).subscribe({ next: resolve, error: reject });
  });

const opened: { dispose: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const port of opened.splice(0)) await port.dispose();
});

function link(uri: string): LinkPort {
  const port = openLink(uri, { clock: realClock, scheduler: realScheduler });
  if (!port.ok) throw new Error(port.error.problem);
  opened.push(port.value);
  return port.value;
}

const openState = (state$: Observable<LinkPortState>) =>
  firstValueFrom(state$.pipe(filter((state) => state.kind === "open")));
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe("UDP links", () => {
  it("answers whom it is told to, by the name each was heard under", async () => {
    const station = link("udpin://127.0.0.1:0");
    const { port } = await openState(station.state$);
    const vehicles = [link(`udp://127.0.0.1:${port}`), link(`udp://127.0.0.1:${port}`)];
    const received = firstValueFrom(station.chunks$.pipe(take(2), toArray()));
    const answers = vehicles.map((vehicle) => firstValueFrom(vehicle.chunks$));
    for (const vehicle of vehicles) {
      await openState(vehicle.state$);
      vehicle.send(Buffer.from("hello"));
    }
    expect((await received).map(({ bytes }) => text(bytes))).toEqual(["hello", "hello"]);
    expect(new Set((await received).map(({ from }) => from)).size).toBe(2);
    station.send(Buffer.from("to nobody in particular"));
    for (const { from } of await received) station.send(Buffer.from("welcome"), from);
    expect((await Promise.all(answers)).map(({ bytes }) => text(bytes))).toEqual(["welcome", "welcome"]);
  });

  it("says that a port is taken, and takes it once it is free", async () => {
    const other = createSocket("udp4");
    await new Promise<void>((resolve) => other.bind(0, "127.0.0.1", resolve));
    const { port } = other.address();
    const station = link(`udpin://127.0.0.1:${port}`);
    const failed = await firstValueFrom(station.state$.pipe(filter((state) => state.kind === "failed")));
    expect(failed).toMatchObject({ because: /EADDRINUSE/ });
    other.close();
    expect(await openState(station.state$)).toMatchObject({ port });
  });

  it("survives sending to nobody, to a dead port, and after its end", async () => {
    const station = link("udpin://127.0.0.1:0");
    await openState(station.state$);
    station.send(Buffer.from("nobody there"));
    const other = link("udp://127.0.0.1:9");
    await openState(other.state$);
    other.send(Buffer.from("x"));
    await other.dispose();
    other.send(Buffer.from("x"));
    await other.dispose();
  });
});

describe("TCP links", () => {
  it("come back by themselves after the other side went away", async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on("error", () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const station = link(`tcp://127.0.0.1:${port}`);
    await openState(station.state$);
    const lost = firstValueFrom(station.state$.pipe(filter((state) => state.kind === "lost")));
    await expect.poll(() => sockets.length).toBe(1);
    sockets[0]?.destroy();
    await lost;
    await openState(station.state$);
    await expect.poll(() => sockets.length).toBe(2);
    const received = firstValueFrom(station.chunks$);
    sockets[1]?.write("again");
    expect(text((await received).bytes)).toBe("again");
    server.close();
  });

  it("keeps trying where nobody listens yet", async () => {
    const station = link("tcp://127.0.0.1:1");
    const failed = await firstValueFrom(station.state$.pipe(filter((state) => state.kind === "failed")));
    expect(failed).toMatchObject({ because: /ECONNREFUSED/, retryAtMonoMs: expect.any(Number) });
    station.send(Buffer.from("into the void"));
  });
});

describe("a TCP server link", () => {
  it("hears and answers several clients, is lost when the last one is cut off, and takes the next", async () => {
    const station = link("tcpin://127.0.0.1:0");
    const { port } = await openState(station.state$);
    const received = firstValueFrom(station.chunks$.pipe(take(2), toArray()));
    const vehicles = [link(`tcp://127.0.0.1:${port}`), link(`tcp://127.0.0.1:${port}`)];
    const answers = vehicles.map((vehicle) => firstValueFrom(vehicle.chunks$));
    for (const vehicle of vehicles) {
      await openState(vehicle.state$);
      vehicle.send(Buffer.from("hello"));
    }
    const [first] = await received;
    expect(new Set((await received).map(({ from }) => from)).size).toBe(2);
    station.send(Buffer.from("only you"), first?.from);
    station.send(Buffer.from(" and all"));
    const texts = (await Promise.all(answers)).map(({ bytes }) => text(bytes)).sort();
    expect(texts[0]).toBe(" and all");
    expect(texts[1]).toMatch(/^only you/);
    const lost = firstValueFrom(station.state$.pipe(filter((state) => state.kind === "lost")));
    for (const vehicle of vehicles) await vehicle.dispose();
    await lost;
    link(`tcp://127.0.0.1:${port}`);
    expect(await openState(station.state$)).toMatchObject({ port });
  });
});

describe("the video receiver", () => {
  it("hands on datagrams whole and in order", async () => {
    const received = openVideoReceiver("udpin://127.0.0.1:0", realScheduler);
    if (!received.ok) throw new Error(received.error.problem);
    opened.push(received.value);
    const { port } = await openState(received.value.state$);
    const all = firstValueFrom(received.value.chunks$.pipe(take(3), toArray()));
    const sender = createSocket("udp4");
    for (const word of ["one", "two", "three"]) {
      await new Promise<void>((resolve) => sender.send(word, port, "127.0.0.1", () => resolve()));
    }
    expect((await all).map(text)).toEqual(["one", "two", "three"]);
    sender.close();
  });

  it("refuses what is no place to receive", () => {
    expect(openVideoReceiver("tcp://camera:554", realScheduler)).toMatchObject({ ok: false });
  });
});
