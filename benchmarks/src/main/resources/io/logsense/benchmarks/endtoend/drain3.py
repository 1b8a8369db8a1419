"""Feeds the lines of a file to Drain3 with its default settings."""
import sys

from drain3 import TemplateMiner

miner = TemplateMiner()
with open(sys.argv[1], encoding="utf-8", errors="replace") as lines:
    for line in lines:
        miner.add_log_message(line.rstrip("\n"))
