/** GLSL of the thermal picture on the ground: ground metres → picture coordinates, then luminance through the palette. */

export const DRAPE_VERTEX = /* glsl */ `
uniform vec2 uCentre;
varying vec2 vGround;
void main() {
  vGround = position.xy - uCentre;
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}`;

export const DRAPE_FRAGMENT = /* glsl */ `
uniform sampler2D uPicture;
uniform sampler2D uTable;
uniform mat3 uToPicture;
varying vec2 vGround;
void main() {
  vec3 q = uToPicture * vec3(vGround, 1.0);
  vec2 uv = q.xy / q.z;
  float level = texture2D(uPicture, uv).r;
  gl_FragColor = vec4(texture2D(uTable, vec2((level * 255.0 + 0.5) / 256.0, 0.5)).rgb, 0.93);
}`;

export const RING_VERTEX = /* glsl */ `
varying vec2 vUnit;
varying vec3 vColour;
void main() {
  // A little larger than the ellipse, so that its line is not cut by the edge of the quad.
  vUnit = position.xy * 1.25;
  vColour = instanceColor;
  gl_Position = projectionMatrix * viewMatrix * instanceMatrix * vec4(position.xy * 1.25, 0.0, 1.0);
}`;

/** The 95 % ellipse as a line two pixels wide at any size and slant, lightly filled. */
export const RING_FRAGMENT = /* glsl */ `
varying vec2 vUnit;
varying vec3 vColour;
void main() {
  float r = length(vUnit);
  float px = max(fwidth(r), 1e-4);
  float line = 1.0 - smoothstep(0.6, 1.6, abs(r - 1.0) / px);
  float fill = (1.0 - smoothstep(1.0 - px, 1.0, r)) * 0.14;
  float alpha = max(line, fill);
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(vColour, alpha);
}`;

export const HANDLE_VERTEX = /* glsl */ `
uniform float uSizePx;
uniform float uPixelRatio;
void main() {
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
  gl_PointSize = uSizePx * uPixelRatio;
}`;

/** A round handle: filled disc with a rim that stands out on any ground. */
export const HANDLE_FRAGMENT = /* glsl */ `
uniform vec3 uFill;
uniform vec3 uRim;
void main() {
  float r = length(gl_PointCoord - 0.5) * 2.0;
  if (r > 1.0) discard;
  float rim = smoothstep(0.62, 0.7, r);
  gl_FragColor = vec4(mix(uFill, uRim, rim), 1.0 - smoothstep(0.9, 1.0, r));
}`;
