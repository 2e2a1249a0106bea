"""What repositories are about: names to choose from, and the parts that their issues and commits speak of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Project:
    """A sort of software. ``parts`` are written as in the middle of a sentence, in the singular."""

    names: tuple[str, str, str]
    about: tuple[str, str]
    language: str
    topics: tuple[str, ...]
    parts: tuple[str, ...]


PROJECTS = (
    Project(("tidewatch", "shorelog", "moonpull"),
            ("Tide tables and harbour forecasts on the command line", "Know when the water comes, without a browser"),
            "Rust", ("cli", "ocean", "weather"),
            ("the tide table parser", "the station lookup", "the forecast cache", "the colour legend", "CSV export",
             "the clock change")),
    Project(("ledgerleaf", "pennybook", "tallyroot"),
            ("Plain-text bookkeeping for small clubs", "Books that a treasurer can read in ten years"),
            "Python", ("finance", "plain-text", "clubs"),
            ("the bank import", "the balance report", "currency conversion", "the receipt scanner",
             "the year-end closing", "account renaming")),
    Project(("trailmix", "footpath", "cairn"),
            ("Offline hiking maps that fit on an old phone", "Paper-like maps for people who walk"),
            "TypeScript", ("maps", "offline", "hiking"),
            ("the elevation profile", "the tile download", "route sharing", "the compass overlay", "GPX import",
             "the map legend")),
    Project(("kettle", "steeper", "brewline"),
            ("A tiny job queue that keeps its promises", "Background jobs without a cluster"),
            "Go", ("queue", "jobs", "server"),
            ("the retry scheduler", "the worker pool", "the dead letter queue", "job cancellation",
             "the metrics endpoint", "the admin console")),
    Project(("lanternfish", "deepglow", "glimmer"),
            ("Static site generator for photo essays", "Turns a folder of pictures into a quiet website"),
            "Go", ("photos", "static-site", "web"),
            ("the thumbnail builder", "the gallery theme", "the camera data reader", "the live preview",
             "the sitemap", "the image loader")),
    Project(("stitchwork", "hemline", "needlepoint"),
            ("Turns spreadsheets into knitting patterns", "Charts and row counts for knitters"),
            "Python", ("craft", "knitting", "pdf"),
            ("the row counter", "the yarn calculator", "the chart printer", "PDF export", "the gauge check",
             "the pattern editor")),
    Project(("beaconry", "foghorn", "lightship"),
            ("Uptime monitor that phones you", "Watches servers and wakes the right person"),
            "TypeScript", ("monitoring", "alerts", "server"),
            ("the alert dispatcher", "the status page", "the on-call calendar", "SMS delivery",
             "the certificate check", "the incident timeline")),
    Project(("quillpad", "inkwell", "marginalia"),
            ("Note editor for people who cite", "Write first, sort the footnotes later"),
            "TypeScript", ("editor", "notes", "writing"),
            ("footnote numbering", "the citation picker", "bibliography import", "the outline pane",
             "the spell checker", "the word count")),
    Project(("saltmine", "brinestore", "crystalkv"),
            ("Embedded key-value store with snapshots", "A small database that remembers yesterday"),
            "Rust", ("database", "storage", "embedded"),
            ("the write-ahead log", "snapshot pruning", "the range scan", "the compaction thread",
             "the checksum verifier", "the benchmark suite")),
    Project(("fieldmouse", "hedgerow", "burrow"),
            ("Firmware for garden soil sensors", "Lets a flower pot say that it is thirsty"),
            "C", ("firmware", "garden", "sensors"),
            ("the moisture calibration", "deep sleep", "the radio driver", "battery reporting",
             "the over-the-air update", "the serial console")),
    Project(("potluck", "tablesetter", "crumbs"),
            ("Shared meal planning for flatmates", "Who cooks, who shops, who washes up"),
            "Python", ("food", "calendar", "web"),
            ("the shopping list", "recipe scaling", "the allergen filter", "the calendar feed",
             "the invitation mail", "the leftover tracker")),
    Project(("gearbox", "sprocket", "ratchet"),
            ("Build tool that explains itself", "Builds, and tells you why it did"),
            "Rust", ("build", "cli", "developer-tools"),
            ("the dependency graph", "the incremental build", "the explain command", "the remote cache",
             "the progress bar", "the environment probe")),
)  # fmt: skip

LICENCES = ("MIT", "Apache-2.0", "GPL-3.0", "MPL-2.0", "BSD-3-Clause", "AGPL-3.0")
INSTALL = {
    "Python": "pipx install {name}",
    "Rust": "cargo install {name}",
    "Go": "go install example.org/{name}@latest",
    "TypeScript": "npm install --global {name}",
    "C": "make && make flash NAME={name}",
}
SOURCES = {
    "Python": ("src/engine.py", '''"""The engine of {name}."""

import time

MAX_RETRIES = {retries}
PAUSE_SECONDS = {pause}


def run(step, *, retries=MAX_RETRIES):
    """Do a step, and try again where it fails."""
    for attempt in range(retries):
        try:
            return step()
        except OSError:
            time.sleep(PAUSE_SECONDS * (attempt + 1))
    raise RuntimeError("gave up on {topic}")
'''),
    "Rust": ("src/engine.rs", '''//! The engine of {name}.

use std::thread::sleep;
use std::time::Duration;

const MAX_RETRIES: u32 = {retries};
const PAUSE_SECONDS: u64 = {pause};

/// Do a step, and try again where it fails.
pub fn run<T>(step: impl Fn() -> Option<T>) -> Option<T> {{
    for attempt in 0..MAX_RETRIES {{
        if let Some(found) = step() {{
            return Some(found);
        }}
        sleep(Duration::from_secs(PAUSE_SECONDS * u64::from(attempt + 1)));
    }}
    eprintln!("gave up on {topic}");
    None
}}
'''),
    "Go": ("src/engine.go", '''// Package engine is what {name} runs on.
package engine

import "time"

const (
	MaxRetries   = {retries}
	PauseSeconds = {pause}
)

// Run does a step, and tries again where it fails.
func Run(step func() error) (err error) {{
	for attempt := 0; attempt < MaxRetries; attempt++ {{
		if err = step(); err == nil {{
			return nil
		}}
		time.Sleep(time.Duration(PauseSeconds*(attempt+1)) * time.Second)
	}}
	return err // gave up on {topic}
}}
'''),
    "TypeScript": ("src/engine.ts", '''// The engine of {name}.

export const MAX_RETRIES = {retries};
export const PAUSE_SECONDS = {pause};

const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Do a step, and try again where it fails. */
export async function run<T>(step: () => Promise<T>): Promise<T> {{
  for (let attempt = 0; attempt < MAX_RETRIES; attempt += 1) {{
    try {{
      return await step();
    }} catch {{
      await pause(PAUSE_SECONDS * (attempt + 1));
    }}
  }}
  throw new Error("gave up on {topic}");
}}
'''),
    "C": ("src/engine.c", '''/* The engine of {name}. */

#include "engine.h"

#define MAX_RETRIES   {retries}
#define PAUSE_SECONDS {pause}

/* Do a step, and try again where it fails. */
int run(int (*step)(void))
{{
    for (int attempt = 0; attempt < MAX_RETRIES; attempt++) {{
        if (step() == 0)
            return 0;
        wait_seconds(PAUSE_SECONDS * (attempt + 1));
    }}
    return -1; /* gave up on {topic} */
}}
'''),
}  # fmt: skip
CONFIG = """# Defaults of {name}; copy this file and change what you need.
listen:
  address: 127.0.0.1
  port: {port}
workers: {workers}
timeout_seconds: {timeout}
cache:
  megabytes: {cache}
  folder: /var/cache/{name}
log:
  level: {level}
  keep_days: {days}
"""
