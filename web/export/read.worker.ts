import "../worker/jitless.ts";
import { expose } from "comlink";
import { openFile, openJson } from "./open.ts";

/** Reads files apart from the page, so that a huge one does not stop it. */
const reader = { open: (file: Blob) => openFile(file), read: (file: Blob) => openJson(file) };
export type Reader = typeof reader;

expose(reader);
