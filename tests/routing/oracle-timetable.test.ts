import { describeOracle } from "../support/check-front.ts";

describeOracle("timetable", 2000);
