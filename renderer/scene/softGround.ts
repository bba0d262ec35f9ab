import {
  AlwaysDepth,
  BufferGeometry,
  DepthTexture,
  Float32BufferAttribute,
  LinearFilter,
  Mesh,
  NearestFilter,
  NoBlending,
  OrthographicCamera,
  type Camera,
  Scene,
  ShaderMaterial,
  type Texture,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";

/** The layer of sky, sea and land where they are drawn in a coarser picture of their own. */
export const GROUND_LAYER = 1;
const MARKS_LAYER = 0;
/** Pixels of the ground's picture to one of the scene, along a side. */
const GROUND_SCALE = 0.5;

const COPY_VERTEX = /* glsl */ `
varying vec2 vUv;
void main() {
  vUv = uv;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}`;

/**
 * Depth too, so that a hill hides what is behind it: the farthest of the neighbours', as lines that lie on the ground must not be hidden
 * by its coarser picture.
 */
const COPY_FRAGMENT = /* glsl */ `
varying vec2 vUv;
uniform sampler2D uColour;
uniform sampler2D uDepth;
uniform vec2 uTexel;
void main() {
  float far = max(
    max(texture2D(uDepth, vUv + vec2(uTexel.x, 0.0)).r, texture2D(uDepth, vUv - vec2(uTexel.x, 0.0)).r),
    max(texture2D(uDepth, vUv + vec2(0.0, uTexel.y)).r, texture2D(uDepth, vUv - vec2(0.0, uTexel.y)).r)
  );
  gl_FragDepth = far;
  gl_FragColor = vec4(texture2D(uColour, vUv).rgb, 1.0);
}`;

const bufferSize = new Vector2();

/** The parts of a renderer that are used. */
type Drawer = Pick<WebGLRenderer, "getDrawingBufferSize" | "setRenderTarget" | "render" | "autoClear">;

/**
 * Draws a scene in two steps: the ground, whose shaders cost most and which is soft anyway, in a picture of half the width and height;
 * then marks, lines and aircraft over it in full. For software GL, where four times the pixels are four times the time.
 */
export class SoftGround {
  readonly #target: WebGLRenderTarget;
  readonly #copy = new Scene();
  readonly #copyCamera = new OrthographicCamera();
  readonly #material: ShaderMaterial;
  readonly #geometry = new BufferGeometry();

  constructor() {
    const depthTexture = new DepthTexture(1, 1);
    depthTexture.magFilter = NearestFilter;
    depthTexture.minFilter = NearestFilter;
    this.#target = new WebGLRenderTarget(1, 1, { depthTexture, magFilter: LinearFilter, minFilter: LinearFilter });
    this.#material = new ShaderMaterial({
      vertexShader: COPY_VERTEX,
      fragmentShader: COPY_FRAGMENT,
      uniforms: {
        uColour: { value: this.#target.texture },
        uDepth: { value: depthTexture as Texture },
        uTexel: { value: new Vector2() },
      },
      blending: NoBlending,
      depthFunc: AlwaysDepth,
    });
    // One triangle over the whole screen.
    this.#geometry.setAttribute("position", new Float32BufferAttribute([-1, -1, 0, 3, -1, 0, -1, 3, 0], 3));
    this.#geometry.setAttribute("uv", new Float32BufferAttribute([0, 0, 2, 0, 0, 2], 2));
    const triangle = new Mesh(this.#geometry, this.#material);
    triangle.frustumCulled = false;
    this.#copy.add(triangle);
  }

  /** `share`: of the ground's usual pixels along a side, at most 1. */
  render(gl: Drawer, scene: Scene, camera: Camera, share = 1): void {
    gl.getDrawingBufferSize(bufferSize);
    const width = Math.max(1, Math.round(bufferSize.x * GROUND_SCALE * share));
    const height = Math.max(1, Math.round(bufferSize.y * GROUND_SCALE * share));
    this.#target.setSize(width, height);
    const texel = this.#material.uniforms["uTexel"]?.value as Vector2;
    texel.set(1 / width, 1 / height);
    const { mask } = camera.layers;
    const { autoClear } = gl;
    camera.layers.set(GROUND_LAYER);
    gl.setRenderTarget(this.#target);
    gl.render(scene, camera);
    gl.setRenderTarget(null);
    gl.autoClear = false;
    gl.render(this.#copy, this.#copyCamera);
    camera.layers.set(MARKS_LAYER);
    gl.render(scene, camera);
    gl.autoClear = autoClear;
    camera.layers.mask = mask;
  }

  dispose(): void {
    this.#target.depthTexture?.dispose();
    this.#target.dispose();
    this.#material.dispose();
    this.#geometry.dispose();
  }
}
