"""`make bench`: every measurement in turn, or those named: `make bench ARGS='tools interpreter'`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def command(bench: Path) -> list[str]:
    """How one file is run: pytest-benchmark where it has benchmarks, else as the script it is."""
    if "benchmark" in bench.read_text(encoding="utf-8"):
        options = [
            "-o",
            "python_files=bench_*.py",
            "-o",
            "python_functions=bench_*",
            "--benchmark-columns=median,max,rounds",
        ]
        return ["-m", "pytest", "-q", str(bench), *options]
    return ["-m", f"tests.bench.{bench.stem}"]


def main(names: list[str]) -> int:
    known = {path.stem.removeprefix("bench_"): path for path in sorted(HERE.glob("bench_*.py"))}
    if unknown := [name for name in names if name not in known]:
        print(f"unknown bench: {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    worst = 0
    for name in names or known:
        print(f"\n== {name}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, *command(known[name])], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
