"""`snapback theory`: the numbers of theory beside what the code gives."""

import typer


def theory() -> None:
    """Compute every benchmark of theory anew: name, source, expected, got, tolerance, pass.

    Exits with 1 if one fails.

    Example:

        snapback theory
    """
    from sim.faces.show import print_table
    from sim.theory.benchmarks import benchmarks

    found = benchmarks()
    rows = [
        [
            b.name,
            b.source,
            f"{b.expected:.6f}",
            f"{b.got:.6f}",
            f"{b.tolerance:g}",
            "pass" if b.passed else "FAIL",
        ]
        for b in found
    ]
    print_table("Theory", ["benchmark", "source", "expected", "got", "tolerance", ""], rows)
    failed = sum(not b.passed for b in found)
    typer.echo(f"{len(found) - failed} of {len(found)} pass.")
    if failed:
        raise typer.Exit(1)
