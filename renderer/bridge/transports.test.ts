// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CLOSED_WITHOUT_KEY, encodeWire } from "../../src/contract/wire.js";
import { createPublisher, type Envelope, type WireBody } from "../../src/contract/envelope.js";
import type { ToUi } from "../../src/contract/messages.js";
import { cameraIdOf } from "../../src/track/sensorIds.js";
import { messagePortTransport, type PortPage } from "./messagePortTransport.js";
import { type HeartbeatPage, startUiHeartbeat } from "./uiHeartbeat.js";
import { aBatch, aStation } from "./testing/builders.js";
import type { ConnectionState } from "./transport.js";
import { backOffMs, takeStationUrl, webSocketTransport } from "./webSocketTransport.js";

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
    onclose?: (closed?: { code: number }) => void;
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

  /** A tab of a browser: what its address bar shows, and what it keeps for itself. */
  function aTab(href: string) {
    const kept = new Map<string, string>();
    const tab = {
      location: { href },
      history: { replaceState: (_: unknown, __: string, path: string) => void show(path) },
      sessionStorage: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
      },
    };
    const show = (path: string): string => (tab.location.href = new URL(path, tab.location.href).href);
    return tab;
  }

  it("finds the token in the fragment, or else in the query", () => {
    expect(takeStationUrl(aTab("http://127.0.0.1:8080/#token=a%2Fb"))).toBe("ws://127.0.0.1:8080/station?token=a%2Fb");
    expect(takeStationUrl(aTab("https://h/?token=x"))).toBe("wss://h/station?token=x");
    expect(takeStationUrl(aTab("http://h/"))).toBe("ws://h/station?token=");
  });

  it("findings 6.11: takes the token out of the address bar, and still has it after a reload", () => {
    for (const href of ["http://h/?lang=fr#token=secret&view=3d", "http://h/?token=secret&lang=fr#view=3d"]) {
      const tab = aTab(href);
      expect(takeStationUrl(tab)).toBe("ws://h/station?token=secret");
      expect(tab.location.href).toBe("http://h/?lang=fr#view=3d");
      expect(takeStationUrl(tab)).toBe("ws://h/station?token=secret");
    }
    const bare = aTab("http://h/#token=secret");
    takeStationUrl(bare);
    expect(bare.location.href).toBe("http://h/");
  });

  it("takes it out also where the browser keeps nothing", () => {
    const tab = aTab("http://h/#token=secret");
    const refuse = (): never => {
      throw new Error("blocked");
    };
    const blocked = { ...tab, sessionStorage: { getItem: refuse, setItem: refuse } };
    expect(takeStationUrl(blocked)).toBe("ws://h/station?token=secret");
    expect(tab.location.href).toBe("http://h/");
  });

  it("waits twice as long after each failure, up to eight seconds", () => {
    expect([0, 1, 2, 3, 4, 5, 60].map(backOffMs)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it("opens again after a loss and starts its waits anew once open", () => {
    const received = listener();
    webSocketTransport("ws://x")(received);
    FakeSocket.all[0]!.onopen?.();
    FakeSocket.all[0]!.onclose?.();
    expect(received.states).toEqual(["connecting", "open", "lost"]);
    vi.advanceTimersByTime(499);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.all[1]!.onclose?.();
    vi.advanceTimersByTime(1000);
    FakeSocket.all[2]!.onopen?.();
    expect(received.states.at(-1)).toBe("open");
  });

  it("newcomer 4: a page without a key is told so, and does not call for ever", () => {
    const received = listener();
    webSocketTransport("ws://x")(received);
    FakeSocket.all[0]!.onopen?.();
    FakeSocket.all[0]!.onclose?.({ code: CLOSED_WITHOUT_KEY });
    expect(received.states.at(-1)).toBe("no-key");
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("carries messages with and without bytes, and drops what is none", () => {
    const received = listener();
    const transport = webSocketTransport("ws://x")(received);
    const socket = FakeSocket.all[0]!;
    const picture: ToUi = {
      kind: "contact-picture",
      contactId: "C-1",
      widthPx: 2,
      heightPx: 1,
      luma: new Uint8Array([7, 9]),
    };
    const { publish } = createPublisher("test");
    const frame = encodeWire(publish(picture)) as Uint8Array<ArrayBuffer>;
    socket.onmessage?.({ data: JSON.stringify(publish(aBatch([]))) });
    socket.onmessage?.({ data: frame.buffer });
    socket.onmessage?.({ data: "not json" });
    socket.onmessage?.({ data: "[1]" });
    expect(received.messages.map(({ kind }) => kind)).toEqual(["telemetry-batch", "contact-picture"]);
    expect(received.messages[1]).toEqual(picture);
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
    const received = listener();
    const listeners = new Set<Parameters<PortPage["addEventListener"]>[1]>();
    const page: PortPage = {
      addEventListener: (_, onMessage) => void listeners.add(onMessage),
      removeEventListener: (_, onMessage) => void listeners.delete(onMessage),
    };
    const transport = messagePortTransport(page)(received);
    const offer = (data: unknown, port: MessagePort, source: unknown = page): void => {
      for (const onMessage of listeners) onMessage({ data, source, ports: [port] });
    };
    const first = new MessageChannel();
    offer({ kind: "vigie-port" }, first.port1, {});
    offer({ kind: "else" }, first.port1);
    expect(received.states).toEqual(["connecting"]);
    offer({ kind: "vigie-port" }, first.port1);
    expect(received.states).toEqual(["connecting", "open"]);
    first.port2.postMessage(createPublisher("test").publish(aBatch([])));
    await expect.poll(() => received.messages.length).toBe(1);
    const second = new MessageChannel();
    offer({ kind: "vigie-port" }, second.port1);
    expect(received.states).toEqual(["connecting", "open", "lost", "open"]);
    const fromPage: unknown[] = [];
    second.port2.onmessage = ({ data }) => fromPage.push(data);
    transport.send({ kind: "ui-alive" });
    await expect.poll(() => fromPage).toEqual([{ kind: "ui-alive" }]);
    transport.dispose();
    expect(listeners.size).toBe(0);
    second.port2.close();
  });
});

describe("findings 6.3: the page's heart", () => {
  function aPage({ isHidden = false } = {}) {
    const { transport, store } = aStation();
    let animation: (() => void)[] = [];
    let nowMs = 0;
    let crash: object | null = null;
    const listeners = new Map<string, () => void>();
    const document = {
      hidden: isHidden,
      querySelector: () => crash,
      addEventListener: (name: string, listener: () => void) => void listeners.set(name, listener),
      removeEventListener: () => undefined,
    };
    const page: HeartbeatPage = {
      requestAnimationFrame: (task: () => void) => animation.push(task),
      cancelAnimationFrame: () => undefined,
      // A browser lets the timers of a hidden page run once a minute: nothing may depend on them.
      setInterval: () => 1,
      clearInterval: () => undefined,
      setTimeout: (task: () => void) => {
        task();
        return 1;
      },
      document,
      performance: { now: () => nowMs },
    };
    startUiHeartbeat(store, page);
    const drawFrame = (): void => {
      const tasks = animation;
      animation = [];
      for (const task of tasks) task();
    };
    let pingId = 0;
    /** Two questions a second for so long; how many were answered. */
    const answersIn = (seconds: number, isDrawing = false): number => {
      const before = transport.sent.length;
      for (let i = 0; i < seconds * 2; i++) {
        nowMs += 500;
        if (isDrawing) drawFrame();
        transport.receive({ kind: "ping", pingId: ++pingId });
      }
      return transport.sent.slice(before).filter(({ kind }) => kind === "ui-alive").length;
    };
    const setHidden = (hidden: boolean): void => {
      document.hidden = hidden;
      listeners.get("visibilitychange")?.();
    };
    return { transport, drawFrame, answersIn, setHidden, crash: () => (crash = {}) };
  }

  it("answers every question of the station, also hidden for ten minutes, without a timer or a frame of its own", () => {
    expect(aPage().answersIn(10, true)).toBe(20);
    expect(aPage({ isHidden: true }).answersIn(600)).toBe(1200);
  });

  it("says nothing that was not asked for", () => {
    const { transport, drawFrame } = aPage();
    for (let i = 0; i < 100; i++) drawFrame();
    expect(transport.sent).toEqual([]);
  });

  it("falls silent when a page that is seen draws nothing for eight seconds, and speaks again with the next frame", () => {
    const { answersIn, drawFrame } = aPage();
    drawFrame();
    expect(answersIn(60)).toBe(15);
    drawFrame();
    expect(answersIn(2)).toBe(4);
  });

  it("does not count against a page that it drew nothing while it was hidden", () => {
    const { answersIn, setHidden } = aPage();
    setHidden(true);
    answersIn(60);
    setHidden(false);
    expect(answersIn(2)).toBe(4);
  });

  it("falls silent when the whole screen has crashed", () => {
    const { answersIn, crash } = aPage();
    crash();
    expect(answersIn(10, true)).toBe(0);
  });

  it("acknowledges a painted picture", () => {
    const { transport, drawFrame } = aPage();
    const picture = { unixTimeUs: 0, widthPx: 1, heightPx: 1, luma: new Uint8Array(1), boxes: [], ground: undefined };
    transport.receive({ kind: "video-frame", cameraId: cameraIdOf(1), frame: { frameId: 9, ...picture } });
    expect(transport.sent).toEqual([]);
    drawFrame();
    expect(transport.sent).toEqual([{ kind: "frame-shown", cameraId: "camera-1", frameId: 9 }]);
  });
});
