// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { encodeWire } from "../../src/contract/wire.js";
import { createPublisher, type Envelope, type WireBody } from "../../src/contract/envelope.js";
import type { ToUi } from "../../src/contract/messages.js";
import { messagePortTransport } from "./messagePortTransport.js";
import { startPageHeart } from "./pageHeart.js";
import { aBatch, aStation } from "./testing/builders.js";
import type { ConnectionState } from "./transport.js";
import { backOffMs, stationUrl, webSocketTransport } from "./webSocketTransport.js";

function listener() {
  const messages: WireBody[] = [];
  const states: ConnectionState[] = [];
  return {
    messages,
    states,
    onMessage: ({ body }: Envelope) => messages.push(body),
    onConnection: (s: ConnectionState) => states.push(s),
  };
}

describe("web socket", () => {
  class FakeSocket {
    static OPEN = 1;
    static all: FakeSocket[] = [];
    readyState = 1;
    binaryType = "";
    sent: unknown[] = [];
    onopen?: () => void;
    onclose?: () => void;
    onmessage?: (event: { data: unknown }) => void;
    constructor() {
      FakeSocket.all.push(this);
    }
    send(frame: unknown): void {
      this.sent.push(frame);
    }
    close(): void {
      this.onclose?.();
    }
  }
  beforeEach(() => {
    vi.useFakeTimers();
    FakeSocket.all = [];
    vi.stubGlobal("WebSocket", FakeSocket);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("finds the token in the fragment, or else in the query", () => {
    expect(stationUrl("http://127.0.0.1:8080/#token=a%2Fb")).toBe("ws://127.0.0.1:8080/station?token=a%2Fb");
    expect(stationUrl("https://h/?token=x")).toBe("wss://h/station?token=x");
    expect(stationUrl("http://h/")).toBe("ws://h/station?token=");
  });

  it("waits twice as long after each failure, up to eight seconds", () => {
    expect([0, 1, 2, 3, 4, 5, 60].map(backOffMs)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it("opens again after a loss and starts its waits anew once open", () => {
    const heard = listener();
    webSocketTransport("ws://x")(heard);
    FakeSocket.all[0]!.onopen?.();
    FakeSocket.all[0]!.onclose?.();
    expect(heard.states).toEqual(["connecting", "open", "lost"]);
    vi.advanceTimersByTime(499);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.all[1]!.onclose?.();
    vi.advanceTimersByTime(1000);
    FakeSocket.all[2]!.onopen?.();
    expect(heard.states.at(-1)).toBe("open");
  });

  it("carries messages with and without bytes, and drops what is none", () => {
    const heard = listener();
    const transport = webSocketTransport("ws://x")(heard);
    const socket = FakeSocket.all[0]!;
    const picture: ToUi = {
      kind: "contact-picture",
      contactId: "C-1",
      widthPx: 2,
      heightPx: 1,
      luma: new Uint8Array([7, 9]),
    };
    const { publish } = createPublisher("test");
    const frame = encodeWire(publish(picture)[0]!) as Uint8Array<ArrayBuffer>;
    for (const envelope of publish(aBatch([]))) socket.onmessage?.({ data: JSON.stringify(envelope) });
    socket.onmessage?.({ data: frame.buffer });
    socket.onmessage?.({ data: "not json" });
    socket.onmessage?.({ data: "[1]" });
    expect(heard.messages.map(({ kind }) => kind)).toEqual(["telemetry-batch", "contact-picture"]);
    expect(heard.messages[1]).toEqual(picture);
    transport.send({ kind: "ui-alive" });
    expect(socket.sent).toEqual(['{"kind":"ui-alive"}']);
  });

  it("stays closed once disposed", () => {
    const transport = webSocketTransport("ws://x")(listener());
    transport.dispose();
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });
});

describe("message port", () => {
  it("takes the port that the page's own preload posts, and the newer one after a restart", async () => {
    const heard = listener();
    const page = new EventTarget() as unknown as Window;
    const transport = messagePortTransport(page)(heard);
    const offer = (data: unknown, port: MessagePort, source: unknown = page): void => {
      page.dispatchEvent(Object.assign(new Event("message"), { data, source, ports: [port] }));
    };
    const first = new MessageChannel();
    offer({ kind: "vigie-port" }, first.port1, {});
    offer({ kind: "else" }, first.port1);
    expect(heard.states).toEqual(["connecting"]);
    offer({ kind: "vigie-port" }, first.port1);
    expect(heard.states).toEqual(["connecting", "open"]);
    first.port2.postMessage(createPublisher("test").publish(aBatch([]))[0]);
    await expect.poll(() => heard.messages.length).toBe(1);
    const second = new MessageChannel();
    offer({ kind: "vigie-port" }, second.port1);
    expect(heard.states).toEqual(["connecting", "open", "lost", "open"]);
    const received: unknown[] = [];
    second.port2.onmessage = ({ data }) => received.push(data);
    transport.send({ kind: "ui-alive" });
    await expect.poll(() => received).toEqual([{ kind: "ui-alive" }]);
    transport.dispose();
    second.port2.close();
  });
});

describe("page heart", () => {
  it("goes on beating through slow frames, and falls silent when none comes any more", () => {
    const { transport, store } = aStation();
    let nowMs = 0;
    let tick = (): void => undefined;
    let drawFrame = (): void => undefined;
    const page = {
      requestAnimationFrame: (task: () => void) => (drawFrame = task),
      cancelAnimationFrame: () => undefined,
      setInterval: (task: () => void) => (tick = task),
      clearInterval: () => undefined,
      setTimeout: (task: () => void) => task(),
      document: { hidden: false },
      performance: { now: () => nowMs },
    } as unknown as Parameters<typeof startPageHeart>[1];
    const beatsUntil = (endMs: number): number => {
      const before = transport.sent.length;
      for (; nowMs < endMs; nowMs += 500) tick();
      return transport.sent.length - before;
    };
    startPageHeart(store, page);
    drawFrame();
    expect(beatsUntil(6000)).toBeGreaterThanOrEqual(10);
    drawFrame();
    expect(beatsUntil(14_000)).toBeGreaterThanOrEqual(14);
    expect(beatsUntil(60_000)).toBe(0);
    drawFrame();
    expect(beatsUntil(62_000)).toBeGreaterThan(2);
  });
  it("beats twice a second from the animation loop and acknowledges a painted picture", () => {
    const { transport, store } = aStation();
    let animation: (() => void)[] = [];
    let nowMs = 0;
    const page = {
      requestAnimationFrame: (task: () => void) => animation.push(task),
      cancelAnimationFrame: () => undefined,
      setInterval: () => 1,
      clearInterval: () => undefined,
      setTimeout: (task: () => void) => task(),
      document: { hidden: false },
      performance: { now: () => nowMs },
    } as unknown as Parameters<typeof startPageHeart>[1];
    const drawFrame = (): void => {
      const tasks = animation;
      animation = [];
      nowMs += 16;
      for (const task of tasks) task();
    };
    startPageHeart(store, page);
    for (let i = 0; i < 125; i++) drawFrame();
    expect(transport.sent.filter(({ kind }) => kind === "ui-alive")).toHaveLength(4);
    const frame = {
      frameId: 9,
      unixTimeUs: 0,
      widthPx: 1,
      heightPx: 1,
      luma: new Uint8Array(1),
      boxes: [],
      ground: undefined,
    };
    transport.receive({ kind: "video-frame", frame });
    expect(transport.sent.at(-1)?.kind).toBe("ui-alive");
    drawFrame();
    expect(transport.sent.at(-1)).toEqual({ kind: "frame-shown", frameId: 9 });
  });
});
