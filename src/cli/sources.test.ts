import { expect, it } from "vitest";
import { sourcesOf } from "./sources.js";

it("video may be named several times: a camera each", () => {
  expect(sourcesOf({ video: ["udp://:5600", "udp://:5601"], detector: "built-in" })).toEqual({
    ok: true,
    value: { video: ["udp://:5600", "udp://:5601"], sensors: undefined, detector: "built-in" },
  });
});

it("what was not named is left to the command", () => {
  expect(sourcesOf({})).toEqual({ ok: true, value: { video: undefined, sensors: undefined, detector: undefined } });
});

it.each([["udp//:5600"], ["tcp://192.168.1.4:5600"], ["constructor:5600"], ["udpin://[::1]:5600"]])(
  "video that cannot be received is refused: %s",
  (...video) => {
    expect(sourcesOf({ video })).toMatchObject({ ok: false, error: expect.stringContaining(`video ${video[0]}`) });
  },
);

it.each(["udp://:5600", "udpin://:5600", "udp://:5600/", "udp://:05600"])(
  "video that is named twice is refused: %s",
  (uri) => {
    expect(sourcesOf({ video: ["udp://:5600", uri] })).toEqual({ ok: false, error: `video ${uri} is named twice` });
    expect(sourcesOf({ video: ["udp://:5601", "udpin://127.0.0.1:5600", uri] })).toMatchObject({ ok: true });
  },
);

it.each(["udp://:10110", "nosuch+udp://:10110", "toString+udp://:1"])(
  "a sensor of no known kind is refused: %s",
  (uri) => {
    expect(sourcesOf({ sensor: [uri] })).toMatchObject({
      ok: false,
      error: expect.stringContaining(`sensor ${uri}: `),
    });
  },
);

it("a detector that is not there is refused, and those that are there are named", () => {
  expect(sourcesOf({ detector: "nosuch" })).toEqual({
    ok: false,
    error: 'there is no detector "nosuch", only: built-in',
  });
});
