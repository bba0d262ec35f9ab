import { defineConfig } from "eslint/config";
import r3f from "@react-three/eslint-plugin";
import reactHooks from "eslint-plugin-react-hooks";
import rxjsX from "eslint-plugin-rxjs-x";
import tseslint from "typescript-eslint";

const noSubscribe = {
  selector: "CallExpression[callee.property.name='subscribe']",
  message: "Subscribe only in src/station and renderer/bridge: return the Observable.",
};
const noSetStatePerFrame = {
  selector: "CallExpression[callee.name='useFrame'] CallExpression[callee.name=/^set[A-Z]/]",
  message: "No setState per frame: mutate a ref.",
};
// A bare quantity hides its unit and its datum. (Reading a foreign `msg.lat` stays legal.)
const BARE = [
  "alt",
  "altitude",
  "lat",
  "lon",
  "lng",
  "latitude",
  "longitude",
  "heading",
  "yaw",
  "speed",
  "voltage",
  "timeout",
  "timestamp",
  "duration",
  "distance",
];
const TESTS = ["**/*.test.{ts,tsx}", "**/testing/**"];

export default defineConfig(
  { ignores: ["node_modules", "dist", "artefacts", "**/*.{js,cjs,mjs}"] },
  tseslint.configs.strictTypeChecked,
  rxjsX.configs.strict,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "rxjs-x/no-sharereplay": ["error", { allowConfig: true }],
      "rxjs-x/finnish": ["error", { functions: false, methods: false }],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ["error", 12],
      "max-params": ["error", 4],
      "no-warning-comments": ["error", { terms: ["fixme", "xxx"], location: "start" }],
    },
  },
  {
    files: ["src/**", "renderer/**", "sim/**"],
    ignores: ["src/station/**", "src/io/**", "renderer/bridge/**", ...TESTS],
    rules: { "no-restricted-syntax": ["error", noSubscribe, noSetStatePerFrame] },
  },
  {
    files: ["src/**", "renderer/**", "sim/**", "electron/**"],
    ignores: ["src/mavlink/*.ts"],
    rules: { "id-denylist": ["error", ...BARE] },
  },
  {
    files: ["renderer/**"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  {
    files: ["renderer/**/*.tsx"],
    // A component is markup: 150 lines is the house limit (STYLE 5).
    rules: { "max-lines-per-function": ["error", { max: 150, skipBlankLines: true, skipComments: true }] },
  },
  {
    // A composition root is one list of parts; it holds no state (architecture.test.ts).
    files: ["src/station/station.ts"],
    rules: { "max-lines-per-function": ["error", { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ["renderer/scene/**"],
    plugins: { "@react-three": r3f },
    rules: { "@react-three/no-new-in-loop": "error", "@react-three/no-clone-in-loop": "error" },
  },
  {
    files: ["src/{core,geo,plan,vehicle,mavlink,video,detect,track,picture,sortie,contract}/**"],
    ignores: TESTS,
    rules: {
      "no-restricted-globals": ["error", "setTimeout", "setInterval", "performance", "process"],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Take a Clock." },
        { object: "Math", property: "random", message: "Take a seeded Rng." },
      ],
    },
  },
  // Playwright's own option names.
  { files: ["**/*.e2e.test.ts", "renderer/testing/**"], rules: { "id-denylist": "off" } },
  {
    files: TESTS,
    rules: {
      "max-lines": "off",
      "max-lines-per-function": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
