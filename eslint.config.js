import lit from "eslint-plugin-lit";
import wc from "eslint-plugin-wc";
import tseslint from "typescript-eslint";
import { bans } from "./scripts/lint/bans.ts";

const tests = ["**/*.test.ts", "**/*.contract.ts", "**/testing/**", "core/contract/**", "e2e/**"];
const pages = ["client-ui/**/*.ts", "client-widget/**/*.ts", "client-workspace/**/*.ts"];
// The part of ESLint's own recommendation that the compiler does not already see to.
const slips = Object.fromEntries(
  [
    "no-async-promise-executor",
    "no-cond-assign",
    "no-constant-binary-expression",
    "no-constant-condition",
    "no-control-regex",
    "no-debugger",
    "no-dupe-else-if",
    "no-empty-character-class",
    "no-empty-pattern",
    "no-extra-boolean-cast",
    "no-fallthrough",
    "no-irregular-whitespace",
    "no-loss-of-precision",
    "no-misleading-character-class",
    "no-prototype-builtins",
    "no-self-assign",
    "no-sparse-arrays",
    "no-unsafe-finally",
    "no-unsafe-optional-chaining",
    "no-useless-escape",
    "no-var",
    "use-isnan",
  ].map((rule) => [rule, "error"]),
);
const lines = (max) => ["error", { max, skipBlankLines: true, skipComments: true }];

export default tseslint.config(
  {
    ignores: ["node_modules/", "dist/", "reports/", "test-results/", "playwright-report/", "coverage/", ".roomdesk/"],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },

  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ["tsconfig.pure.json", "tsconfig.node.json", "tsconfig.browser.json", "tsconfig.mixed.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { house: bans },
    rules: {
      "max-lines": lines(200),
      "max-lines-per-function": lines(40),
      ...slips,
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-param-reassign": "error",
      "no-console": "off",
      "prefer-const": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/require-await": "off", // a port's memory twin keeps the port's promise without waiting
      "house/no-env": "error",
      "house/no-raw-html": "error",
      "house/no-pool-query": "error",
      "house/no-langchain-load": "error",
      "house/no-accessor": "error",
    },
  },

  {
    files: ["core/**/*.ts", "protocol/**/*.ts"],
    ignores: tests,
    rules: { "house/no-clock-or-chance": "error", "house/no-await": "error" },
  },
  {
    files: ["core/mailbox.ts", "core/memory/**"],
    rules: { "house/no-clock-or-chance": "off", "house/no-await": "off" },
  },

  {
    files: ["server/config.ts", "scripts/**", "loadtest/**", "*.config.ts", "**/*.config.ts", ...tests],
    rules: { "house/no-env": "off" },
  },
  { files: ["db/open*.ts", "db/open/**", "db/**/*pool*.ts", ...tests], rules: { "house/no-pool-query": "off" } },

  {
    files: pages,
    extends: [lit.configs["flat/recommended"], wc.configs["flat/recommended"]],
    rules: {
      "lit/no-invalid-escape-sequences": "error",
      "lit/no-legacy-imports": "error",
      "lit/no-template-map": "off",
      "lit/no-useless-template-literals": "error",
      "wc/guard-super-call": "off", // Lit's own callbacks are always there
    },
  },

  {
    files: tests,
    rules: {
      "max-lines": lines(300),
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  { files: ["client-ui/words/**"], rules: { "max-lines": "off" } }, // a language is a table, not a program
);
