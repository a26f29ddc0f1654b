import { Query, Route as _Route, Router, type Stop, StopsIndex, Time, Timetable as MinotorTimetable } from "minotor";
