import type { Bundle } from "./bundle.ts";
import { eagerChunks, weigh } from "./bundle.ts";

export type Budget = {
  client: string;
  what: string;
  /** Thousands of bytes, gzip -9: what a visitor's line carries where brotli is not spoken. */
  maxKb: number;
  bytes: (bundle: Bundle) => number;
};

const transport = /node_modules\/(@colyseus\/|msgpackr|@msgpack)/;

/** The bundle sizes the product promises. Raising one is a decision to write down, not an edit. */
export const budgets: readonly Budget[] = [
  { client: "widget", what: "loader.js", maxKb: 3, bytes: (bundle) => weigh(eagerChunks(bundle, "loader")) },
  { client: "widget", what: "app, on opening", maxKb: 20, bytes: (bundle) => weigh(eagerChunks(bundle, "app")) },
  { client: "widget", what: "transport", maxKb: 56, bytes: transportBytes },
  { client: "widget", what: "whole opened chat", maxKb: 110, bytes: (bundle) => weigh(bundle.files) },
  { client: "workspace", what: "all scripts and styles", maxKb: 160, bytes: scriptsAndStyles },
];

function transportBytes(bundle: Bundle): number {
  return weigh(bundle.files.filter((file) => file.modules.some((module) => transport.test(module))));
}

function scriptsAndStyles(bundle: Bundle): number {
  return weigh(bundle.files.filter((file) => /\.(js|css)$/.test(file.name)));
}
