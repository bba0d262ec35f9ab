import { describe, expect, it } from "vitest";
import type { MessagePortLike } from "../../io/messagePortLike.js";
import { createDecoderRelay } from "./decoderRelay.js";
import { createDecoderWindow } from "./decoderWindow.js";

/** The far end of a window's port: what it was sent, and ways to answer and to go away. */
function aWindow() {
  const received: unknown[] = [];
  let listen: (message: unknown) => void = () => undefined;
  let end: () => void = () => undefined;
  let isClosed = false;
  const port: MessagePortLike = {
    postMessage: (message) => received.push(message),
    onMessage: (listener) => (listen = listener),
    onClose: (listener) => (end = listener),
    close: () => (isClosed = true),
  };
  return { port, received, send: (message: unknown) => listen(message), leave: () => end(), isClosed: () => isClosed };
}

function aCamera(decoder: ReturnType<typeof createDecoderWindow>, stream: string) {
  const received: unknown[] = [];
  const channel = decoder.channel(stream);
  channel.onMessage((message) => received.push(message));
  channel.onClose(() => received.push("lost"));
  return { channel, received };
}

describe("the window that decodes for all cameras", () => {
  it("gives each camera its own pictures, and takes units from all", () => {
    const decoder = createDecoderWindow();
    const window = aWindow();
    const [one, two] = [aCamera(decoder, "camera-1"), aCamera(decoder, "camera-2")];
    // Before there is a window, what is sent goes nowhere.
    one.channel.postMessage("early");
    decoder.connect(window.port);
    one.channel.postMessage("unit of one");
    two.channel.postMessage("unit of two");
    expect(window.received).toEqual(["unit of one", "unit of two"]);
    window.send({ stream: "camera-2", picture: 7 });
    window.send({ stream: "camera-9", picture: 8 });
    expect(one.received).toEqual(["lost"]);
    expect(two.received).toEqual(["lost", { stream: "camera-2", picture: 7 }]);
  });

  it("says that the pictures under way are lost when it is replaced or gone, and closes the old one", () => {
    const decoder = createDecoderWindow();
    const [first, second] = [aWindow(), aWindow()];
    decoder.connect(first.port);
    const { channel, received } = aCamera(decoder, "camera-1");
    decoder.connect(second.port);
    expect(first.isClosed()).toBe(true);
    expect(received).toEqual(["lost"]);
    // The old one's end, told late, concerns nobody.
    first.leave();
    channel.postMessage("unit");
    expect([received, second.received]).toEqual([["lost"], ["unit"]]);
    second.leave();
    channel.postMessage("unit");
    expect([received, second.received]).toEqual([["lost", "lost"], ["unit"]]);
  });

  it("tells a camera that was closed nothing more", () => {
    const decoder = createDecoderWindow();
    const window = aWindow();
    decoder.connect(window.port);
    const { channel, received } = aCamera(decoder, "camera-1");
    channel.close();
    window.send({ stream: "camera-1", picture: 7 });
    window.leave();
    expect(received).toEqual([]);
  });
});

describe("a worker's way to that window", () => {
  it("passes units out and pictures in", () => {
    const sent: unknown[] = [];
    const received: unknown[] = [];
    const { port, onMessage } = createDecoderRelay((message) => sent.push(message));
    // A picture before anybody listens is dropped.
    onMessage({ kind: "from-decoder", message: "early" });
    port.onMessage((message) => received.push(message));
    port.postMessage({ unit: 1 });
    onMessage({ kind: "from-decoder", message: { picture: 1 } });
    expect(sent).toEqual([{ kind: "to-decoder", message: { unit: 1 } }]);
    expect(received).toEqual([{ picture: 1 }]);
  });

  it("is a failed decoder when the window is gone", () => {
    const received: unknown[] = [];
    const { port, onMessage } = createDecoderRelay(() => undefined);
    port.onMessage((message) => received.push(message));
    onMessage({ kind: "decoder-lost" });
    expect(received).toEqual([{ kind: "failure", because: "the decoder's window went away" }]);
  });
});
