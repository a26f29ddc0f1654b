import * as z from "zod/mini";

// Before any schema is made: a strict content security policy forbids `new Function`, and zod tries it otherwise.
z.config({ jitless: true });
