import { describe, expect, it } from "vitest";
import { crc32 } from "../../core/crc32.js";
import { readXz } from "./xz.js";

/** Metadata of 60 parameters, compressed by liblzma (Python's `lzma`, preset 9e): 7429 bytes of JSON in 1084. */
const PACKED =
  "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4B0EA/tdAD2IisaUU5CGpmN9JTQQPBo+85e5BzRy9/paBSu3oE5eOm9U3R5C7V+3uTS20uTN+Jbfo8tidZPHlumYTDCr1Yc7FVmDMgnWRwFB3JFfIgqeltPREkbBjw6RSHS6jGQdl+dWjUcMA4OzkhwkpZBSlcfADpvuf6M21RAhDmRq1A/hDvaUbngP8Cge4dm+8opZkn+lp+/lRnQz4sHSk90ZCjUSUQVM5K6Q6SzspaAJkpSrXId8fde8CECepmg4QD9ZnEaq+rtAksFhdoh7kC1kM69K/qWEYf67vYu3C6MiHTP86vt/EO+EV4DpRVKyzpNuEZnb8xPwXRi6MB6/I633xiNYMx82SUTZGEo2Q9ZlvBQRhOoocP4THAlEBZkN6UtVF/42g+DSksK5gscBEt8y18J3C4GYbNDn4INKR378/ziKOJv345WDEigIRftna8an2n2x2udHsOZvnoH4+/gudJsXGvVWJg/5WT/Q3fYSvMR79sZIjuukiM1vdr0qmDUwGQluQ/vOep5++HdbCzHE5PCq6op/4ZSaP3rQDt61hiudwvmqm2siR1mJOezKNPjJ+czaoL1M42CNB7niC1MEu5DK0zDOdKGMwsZIMOYyjspRrb8JqVTIGoNKjxBPoZxiwWU6snJWWECWuBdII/YxL3g8ItfjXAxJStARWe9UPdDDKNbl8wsFMwVb4uc9FiP1MeCnxAfnIBV6FCvBffBWmGHMPbkev3kuhq9N3Sdz/iFaBd3NuRNG8EzdkxkY+vCJ69g4Pn+IqxNNGb9UYYBWs7G5AlKuAcH6JLiP/bShEESREhHQPunMmXZyO6ctilRjzyyuq5c8wGB3T3+ndLZ918tq+Ejs9m4F/Vh4vSfZ8tWk8hZZRYa88xe3JVh+QCBNVpz9hhr1Qoq08Q4UU5iqWdPd4vCu7H1u0B9phHmNs1lrMtTLXCSsUz24ODdv5o9I3MwpK9ok2kvGZBr7vf6XuBL98RxW9OTFMsXzfHHB5PlLupINemSOblaO6GpV/LgfJ5mjPqHgBz7fG+TmK/oR5dprlG5VKzJlD/h48MK2uMaLcT4ShHtwFnRjjo4E/FuGEx2QQTGt4S0EP5deeO65TsKixQvoKXUj1yfoEb8uOMkLcsEcEXV2u/oI5ICzt1eo6GyYZG0+1WdrC6Tm+ST/aLL6izZtvVhw8y1f3GEuQOAk4YN4TqCFc1VlV7/dMHJ8rfMwj4cm6JRu9PTniikLUJYtdAULydIpIdrRPp8jG8z33k0qUoLglFU9HONyXSj45e8a1ydhXd8NJEaODk5k7V4jrd1wu/8dn9l23FHQhgBza4inlDOoR4R5UmafckbEE4Vx7a+bF0eYG4EAAAC/7Cna3llxIQABlwiFOgAAqJ89ALHEZ/sCAAAAAARZWg==";
/** CRC-32 of the JSON, by Python's `zlib`. */
const JSON_CRC32 = 0xaa59adc7;

const packed = (): Uint8Array => new Uint8Array(Buffer.from(PACKED, "base64"));

describe("an xz file", () => {
  it("unpacks to what was packed", () => {
    const unpacked = readXz(packed(), 1_000_000);
    expect(unpacked.ok && unpacked.value.byteLength).toBe(7429);
    expect(unpacked.ok && crc32(unpacked.value)).toBe(JSON_CRC32);
  });

  it("that would grow too long, is something else, or is cut, is refused", () => {
    expect(readXz(packed(), 7000)).toEqual({ ok: false, error: { kind: "too-long" } });
    expect(readXz(new Uint8Array(20), 7000)).toEqual({ ok: false, error: { kind: "not-xz" } });
    expect(readXz(packed().subarray(0, 600), 100_000)).toEqual({ ok: false, error: { kind: "broken" } });
  });

  it("that is damaged anywhere ends in an answer, never in an exception or a loop", () => {
    for (let at = 6; at < packed().byteLength; at += 3) {
      const damaged = packed();
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      expect(typeof readXz(damaged, 100_000).ok).toBe("boolean");
    }
  });
});
