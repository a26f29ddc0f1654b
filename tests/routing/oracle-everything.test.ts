import { describeOracle } from "../support/check-front.ts";

describeOracle("everything", 2000);
