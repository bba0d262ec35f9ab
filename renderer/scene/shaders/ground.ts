/** GLSL of the sea, the land and the hills. Few texture reads and no loops: it must also run on software GL. */

export const GROUND_VERTEX = /* glsl */ `
varying vec3 vWorld;
varying vec3 vNormalUp;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vWorld = world.xyz;
  vNormalUp = normal;
  gl_Position = projectionMatrix * viewMatrix * world;
}`;

const COMMON = /* glsl */ `
varying vec3 vWorld;
varying vec3 vNormalUp;
uniform sampler2D uField;
uniform float uFieldHalfM;
uniform sampler2D uSwept;
uniform float uSweptHalfM;
uniform float uSweptShown;
uniform sampler2D uNoise;
uniform float uTimeS;
uniform float uHazeM;
uniform float uIsDay;
// How far the tide has taken the sea's edge to seaward of the shore; 0 is the coast file's line.
uniform float uTideM;
uniform vec3 haze; uniform vec3 horizon; uniform vec3 grid; uniform vec3 swept;

// Metres from the waterline, land positive; beyond the picture of distances nothing is near the shore.
float shoreM(vec2 p) {
  return textureLod(uField, p / (2.0 * uFieldHalfM) + 0.5, 0.0).r;
}
float inField(vec2 p) {
  return 1.0 - smoothstep(0.92, 1.0, max(abs(p.x), abs(p.y)) / uFieldHalfM);
}
// A line every stepM metres, one pixel wide, gone before it becomes a grey wash.
float gridLine(vec2 p, float stepM) {
  vec2 cell = p / stepM;
  vec2 width = fwidth(cell);
  vec2 off = abs(fract(cell - 0.5) - 0.5) / max(width, vec2(1e-6));
  return (1.0 - min(min(off.x, off.y), 1.0)) * (1.0 - smoothstep(0.04, 0.12, max(width.x, width.y)));
}
#ifdef MAP
uniform sampler2D uMapNear; uniform vec3 uMapNearAt;
uniform sampler2D uMapFar; uniform vec3 uMapFarAt;
uniform vec3 mapTint; uniform float uMapSaturation; uniform float uMapDimmed; uniform float uMapLevel;
// Alpha is multiplied in. The fine picture fades into the coarse one, which ends. They do not lie one over the other: a road that is
// a pixel wide on the coarse one is as wide as a village on the fine one.
vec2 sheetUv(vec3 at, vec2 p) { return (p - at.xy) / max(2.0 * at.z, 1e-3); }
float sheetShown(vec3 at, vec2 uv, float fadeFrom) {
  return (1.0 - smoothstep(fadeFrom, 0.5, max(abs(uv.x), abs(uv.y)))) * step(0.5, at.z);
}
vec3 withMap(vec3 colour, vec2 p) {
  vec2 nearUv = sheetUv(uMapNearAt, p);
  vec2 farUv = sheetUv(uMapFarAt, p);
  vec4 far = texture2D(uMapFar, farUv + 0.5) * sheetShown(uMapFarAt, farUv, 0.47);
  vec4 map = mix(far, texture2D(uMapNear, nearUv + 0.5), sheetShown(uMapNearAt, nearUv, 0.44));
  vec3 grey = vec3(dot(map.rgb, vec3(0.299, 0.587, 0.114)));
  return colour * (1.0 - map.a) + mix(map.rgb, mix(grey, map.rgb, uMapSaturation) * mapTint, uMapDimmed) * uMapLevel;
}
#endif
vec3 finish(vec3 colour, vec2 p, float rangeM) {
  vec2 uv = p / (2.0 * uSweptHalfM);
  if (uSweptShown > 0.5 && max(abs(uv.x), abs(uv.y)) < 0.5) {
    float seen = textureLod(uSwept, uv + 0.5, 0.0).r;
    colour = mix(colour, swept, 0.16 * smoothstep(0.3, 0.7, seen));
    // The edge of what was seen, a thread of light.
    colour = mix(colour, swept, 0.30 * smoothstep(0.25, 0.5, seen) * (1.0 - smoothstep(0.5, 0.75, seen)));
  }
#ifdef CALM
  // Both grids from one derivative; haze without a power.
  vec2 cell = p * 0.01;
  vec2 widths = max(fwidth(cell), vec2(1e-6));
  float width = max(widths.x, widths.y);
  if (width < 1.2) {
    vec2 fineOff = abs(fract(cell - 0.5) - 0.5) / widths;
    vec2 wideOff = abs(fract(cell * 0.1 - 0.5) - 0.5) * 10.0 / widths;
    float fineLine = max(0.0, 1.0 - min(fineOff.x, fineOff.y)) * max(0.0, 1.0 - width * 8.0);
    float wideLine = max(0.0, 1.0 - min(wideOff.x, wideOff.y)) * max(0.0, 1.0 - width * 0.8);
    colour = mix(colour, grid, fineLine * 0.18 + wideLine * 0.44);
  }
  float far = rangeM / uHazeM;
  float fog = 1.0 - 1.0 / (1.0 + far * far * 1.4);
#else
  colour = mix(colour, grid, gridLine(p, 100.0) * 0.18 + gridLine(p, 1000.0) * 0.44);
  float fog = 1.0 - exp(-pow(rangeM / uHazeM, 1.4));
#endif
  return mix(colour, mix(haze, horizon, smoothstep(0.75, 1.0, fog)), fog);
}
`;

export const SEA_FRAGMENT = /* glsl */ `
${COMMON}
// A line of foam that rolls from 34 m to 10 m off the shore and is gone at both ends.
float breaker(float offM, float roll, float pxM) {
  float off = (offM - mix(34.0, 10.0, roll)) / max(2.2, pxM);
  return exp(-off * off) * sin(roll * 3.1416);
}
uniform vec3 deep; uniform vec3 sea; uniform vec3 shallow; uniform vec3 foam; uniform vec3 glint; uniform vec3 wetSand;
void main() {
  vec2 p = vWorld.xy;
  vec3 toEye = cameraPosition - vWorld;
  float rangeM = length(toEye);
  float offM = mix(1000.0, -shoreM(p) - uTideM, inField(p));
  float coarse = texture2D(uNoise, p * 0.0021 + uTimeS * vec2(0.0011, 0.0006)).r;
#ifndef CALM
  float fine = texture2D(uNoise, p * 0.0137 - uTimeS * vec2(0.0060, 0.0035)).r;
#endif
  vec3 colour = mix(shallow, sea, smoothstep(0.0, 230.0, offM + (coarse - 0.5) * 90.0));
  colour = mix(colour, deep, smoothstep(200.0, 900.0, offM + (coarse - 0.5) * 300.0));
#ifndef CALM
  // Broken light on the swell: where two drifting pictures of noise meet.
  float sparkle = smoothstep(0.30, 0.52, coarse * fine);
  colour = mix(colour, glint, sparkle * 0.30 * exp(-rangeM / 2600.0));
#endif
  // Towards the horizon the sea shows the sky.
  float grazing = 1.0 - toEye.z / rangeM;
  colour = mix(colour, horizon, 0.45 * grazing * grazing * grazing * grazing);
#ifdef MAP
  colour = withMap(colour, p);
#endif
  // Surf: the swash at the edge and breakers rolling in, never thinner than a pixel. Only near the shore.
  float pxM = max(fwidth(offM), 0.05);
  if (offM < 60.0 + pxM * 2.0) {
#ifdef CALM
    // Read only where there is surf; so near the shore of a near beach that the finest picture of the noise will do.
    float fine = textureLod(uNoise, p * 0.0137 - uTimeS * vec2(0.0060, 0.0035), 0.0).r;
#endif
    float ragged = offM + (fine - 0.5) * 9.0 + (coarse - 0.5) * 14.0;
    float foaming = 0.85 * (1.0 - smoothstep(0.0, max(5.0, pxM * 1.5), ragged + 1.5 * sin(uTimeS * 0.7)));
    float roll = fract(uTimeS * 0.05);
    foaming += 0.5 * breaker(ragged, roll, pxM) * smoothstep(0.35, 0.6, fine);
#ifndef CALM
    foaming += 0.5 * breaker(ragged, fract(roll + 0.5), pxM) * smoothstep(0.35, 0.6, fine);
#endif
    colour = mix(colour, foam, clamp(foaming, 0.0, 1.0) * inField(p) * exp(-rangeM / 14000.0));
  }
  // The beach that the tide has uncovered.
  if (uTideM > 0.0 && offM < 0.0)
    colour = mix(wetSand * (0.86 + 0.28 * coarse), colour, smoothstep(-6.0 - pxM, 0.0, offM));
  gl_FragColor = vec4(finish(colour, p, rangeM), 1.0);
}`;

export const LAND_FRAGMENT = /* glsl */ `
${COMMON}
uniform vec3 wetSand; uniform vec3 sand; uniform vec3 dune; uniform vec3 land; uniform vec3 field; uniform vec3 inland; uniform vec3 foam; uniform vec3 cliff;
uniform vec3 uLight;
#ifdef RELIEF
uniform sampler2D uReliefNear; uniform sampler2D uReliefFar; uniform vec2 uReliefPerM;
uniform vec3 steep15; uniform vec3 steep30; uniform vec3 steep45;
// How much lighter than level ground (0.5 as much), steepness in right angles, and 1 where a file knows both.
vec3 reliefAt(vec2 p) {
  vec2 nearUv = p * uReliefPerM.x;
  vec3 near = textureLod(uReliefNear, nearUv + 0.5, 0.0).rgb;
  if (max(abs(nearUv.x), abs(nearUv.y)) < 0.5 && near.b > 0.99) return near;
  vec2 farUv = p * uReliefPerM.y;
  vec3 far = textureLod(uReliefFar, farUv + 0.5, 0.0).rgb;
  return max(abs(farUv.x), abs(farUv.y)) < 0.5 && far.b > 0.99 ? far : vec3(0.5, 0.0, 0.0);
}
#endif
void main() {
  vec2 p = vWorld.xy;
  float rangeM = length(cameraPosition - vWorld);
  float inM = mix(1000.0, shoreM(p), inField(p));
#ifdef HILLS
  // The mesh goes on under the sea, where from afar it would show through.
  if (inM < 0.0) discard;
#endif
  float coarse = texture2D(uNoise, p * 0.0017).r;
  float fine = texture2D(uNoise, p * 0.021).r;
  // Sand lies low: on a cliff's edge the land begins at once.
  float edge = inM + (fine - 0.5) * 10.0 + (coarse - 0.5) * 22.0 + 14.0 * max(0.0, vWorld.z - 7.0);
  vec3 colour = mix(wetSand, sand, smoothstep(8.0, 20.0, edge));
  colour *= 0.92 + 0.16 * fine;
  colour = mix(colour, dune, smoothstep(46.0, 62.0, edge + (coarse - 0.5) * 40.0));
  colour = mix(colour, land, smoothstep(75.0, 150.0, edge));
  // Fields and woods inland, as patches without any claim.
#ifdef CALM
  float large = coarse;
#else
  // A second, turned and larger picture of the noise hides that the first repeats.
  float large = texture2D(uNoise, vec2(p.y + 0.4 * p.x, p.x - 0.4 * p.y) * 0.00037).r;
#endif
  vec3 country = mix(field, inland, smoothstep(0.40, 0.60, 0.45 * coarse + 0.55 * large));
  colour = mix(colour, country, smoothstep(140.0, 420.0, edge));
  colour *= 0.93 + 0.14 * fine;
  vec3 up = normalize(vNormalUp);
  // Steeper than about 30 degrees nothing grows: chalk and clay show.
  colour = mix(colour, cliff * (0.86 + 0.28 * fine), 1.0 - smoothstep(0.74, 0.90, up.z));
#ifdef MAP
  colour = withMap(colour, p);
#endif
#ifdef RELIEF
  vec3 relief = reliefAt(p);
#endif
#ifdef HILLSHADE
  // The backdrop's hills are invented: they get no shade.
  colour *= clamp(1.0 + 2.4 * (relief.r - 0.5), 0.25, 1.75);
#else
  // On slopes twice as steep: this coast's hills are low. Level ground is as bright in any light.
  float lit = dot(normalize(vec3(up.xy * 2.2, up.z)), uLight) - uLight.z;
  colour *= mix(0.55, 1.45, clamp(0.4195 + lit / 0.9, 0.0, 1.0)) * mix(1.0, 1.06, uIsDay);
#endif
#ifdef STEEPNESS
  float steepDeg = relief.g * 90.0;
  colour = mix(colour, vec3(dot(colour, vec3(0.299, 0.587, 0.114))), 0.5);
  vec3 band = steepDeg < 30.0 ? steep15 : steepDeg < 45.0 ? steep30 : steep45;
  colour = mix(colour, band, 0.88 * smoothstep(14.6, 15.4, steepDeg) * relief.b);
#endif
  colour += vec3(0.00022) * clamp(vWorld.z, 0.0, 150.0);
  gl_FragColor = vec4(finish(colour, p, rangeM), 1.0);
}`;

export const SKY_VERTEX = /* glsl */ `
varying vec3 vDirection;
void main() {
  vDirection = position;
  gl_Position = projectionMatrix * viewMatrix * vec4(position + cameraPosition, 1.0);
  gl_Position.z = gl_Position.w * 0.999999;
}`;

export const SKY_FRAGMENT = /* glsl */ `
varying vec3 vDirection;
uniform vec3 horizon; uniform vec3 zenith;
void main() {
  float up = normalize(vDirection).z;
  gl_FragColor = vec4(mix(horizon, zenith, 1.0 - exp(-max(up, 0.0) * 9.0)), 1.0);
}`;
