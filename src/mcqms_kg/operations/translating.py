"""Files of other standards as statements, for whatever reads RDF."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mcqms_kg.errors import BadValue, EmptyInput, Place, UnreadableInput
from mcqms_kg.graph.digest import sha256
from mcqms_kg.graph.folders import expand_folders
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.graph.translated import LIST, vouch, write_translation
from mcqms_kg.interop.standards import Standard, expected, recognised, recognised_folder, standard_named
from mcqms_kg.model import Taken, Translation
from mcqms_kg.settings import Settings


@contextmanager
def readable(paths: Iterable[Path | str], standard: str | None = None) -> Iterator[tuple[Path, ...]]:
    """The files as RDF, folders expanded: those of another standard as translations, which last as long as this does.

    Which standard a file is of is seen from it, or said by `standard` for all of them. Raises `UnreadableInput` with the place in
    a file that cannot be read, and `UnknownName` for a standard that is not known.
    """
    with tempfile.TemporaryDirectory(prefix="mcqms-") as folder:
        yield tuple(
            path if chosen is None else translate(path, chosen, Path(folder) / f"{number}-{path.name}.nt")
            for number, (path, chosen) in enumerate(given(paths, standard))
        )


def given(paths: Iterable[Path | str], standard: str | None = None) -> Iterator[tuple[Path, Standard | None]]:
    """Each file with the standard it is of; none for RDF. A folder stands for what can be read in it and below."""
    chosen = standard_named(standard) if standard else None
    every = list(map(Path, paths))
    wholes = {} if chosen else _given_whole(every)
    yield from wholes.items()
    for path in every:
        if path.parent in wholes and path.suffix.lower() == wholes[path.parent].named:
            continue
        if path.is_dir() and chosen is None:
            yield from _inside(path)
        elif chosen or path.is_dir():
            yield path, chosen
        else:
            yield path, expected(path)


def _given_whole(paths: list[Path]) -> dict[Path, Standard]:
    """Folders whose files are one thing together, and were all named one by one."""
    found: dict[Path, Standard] = {}
    for folder in dict.fromkeys(path.parent for path in paths if path.is_file()):
        named = [path for path in paths if path.parent == folder]
        standard = recognised_folder(folder) if len(named) > 1 else None
        if standard and {p for p in folder.iterdir() if standard.knows(p)} <= set(named):
            found[folder] = standard
    return found


def _inside(folder: Path) -> Iterator[tuple[Path, Standard | None]]:
    """The files of a folder, by name: RDF, and those that are recognised. Files that are one thing together go by their folder."""
    for forged in folder.rglob(LIST):
        raise UnreadableInput(
            "The folder vouches for translations, which only a workspace can do",
            place=Place(str(forged)),
            remedy="Give the files that were translated, or remove this one.",
        )
    wholes = {
        path: found
        for path in (folder, *sorted(folder.rglob("*")))
        if path.is_dir() and (found := recognised_folder(path))
    }
    rest = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix.lower() not in FORMATS]
    alone = [path for path in rest if path.parent not in wholes or path.suffix.lower() != wholes[path.parent].named]
    foreign = [*wholes.items(), *((path, found) for path in alone if (found := recognised(path)))]
    for path, _ in foreign:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UnreadableInput(
                "The file is a link that leads out of the folder", place=Place(str(path)), remedy="Put the file there."
            )
    if not foreign or any(p.suffix.lower() in FORMATS for p in folder.rglob("*")):
        yield from ((path, recognised(path)) for path in expand_folders([folder]))
    yield from foreign


def translate(path: Path, standard: Standard, to: Path, called: str = "") -> Path:
    """Writes what a file of a standard says as a translation; errors and places call the file as `called`, else by its path."""
    name = called or (str(path) if path.name else standard.name)
    if not path.exists():
        raise UnreadableInput("There is no such file", place=Place(name), remedy="Check the name.")
    taken = standard.read(path, name, Settings.from_environment())
    if not taken.stated:
        raise _nothing_of(taken, name)
    write_translation(to, Translation(name, _digest(path, standard), standard.name, taken.losses), taken.stated)
    vouch(to)
    return to


def _nothing_of(taken: Taken, name: str) -> EmptyInput:
    """Why a file of a standard comes to no statement: what stands in it first, and why it is not taken over."""
    if not taken.losses:
        return EmptyInput("The file holds no statement", place=Place(name), remedy="Give a file with data.")
    first = taken.losses[0]
    why = first.what["en"].removesuffix(".") + (f" ({first.value})" if first.value else "")
    return EmptyInput(
        f"Nothing in this file is taken over; of its first part: {why}",
        place=Place(name, at=first.at),
        remedy="Give a file that describes credentials, units, organisations or awards.",
    )


def _digest(path: Path, standard: Standard) -> str:
    """The SHA-256 of a file; of a folder that of the list of its files, as `sha256sum` writes it, by name."""
    if path.is_file():
        return sha256(path)
    files = sorted((f.name, f) for f in path.iterdir() if f.is_file() and f.suffix.lower() == standard.named)
    return hashlib.sha256("".join(f"{sha256(file)}  {name}\n" for name, file in files).encode()).hexdigest()


def kept_files(
    paths: Iterable[Path | str], standard: str | None, folder: Path
) -> tuple[Mapping[str, Path], Mapping[str, Path]]:
    """What a workspace keeps of the files by name: those with statements, and those that these were translated from.

    A file of another standard is copied into `folder` first, and read from the copy, so that what is kept is what was read. Raises
    `BadValue` where two would have the same name.
    """
    files: dict[str, Path] = {}
    originals: dict[str, Path] = {}
    for path in map(Path, paths):
        for file, chosen in given([path], standard):
            name = file.relative_to(path).as_posix() if path.is_dir() and file != path else file.name
            for made in (name,) if chosen is None else (name, f"{name}.nt"):
                if made.casefold() in {known.casefold() for known in (*files, *originals)}:
                    raise BadValue(f"Two files are named {made!r}", remedy="Hand in the folder that holds both.")
            if chosen is None:
                files[name] = file
                continue
            copy = folder / str(len(originals)) / file.name
            originals |= _copied(file, copy, name)
            files[f"{name}.nt"] = translate(copy, chosen, copy.with_name(f"{copy.name}.nt"), called=name)
    if not files:
        raise EmptyInput("No file was given", remedy="Name at least one file or folder.")
    return files, originals


def _copied(given: Path, to: Path, name: str) -> Mapping[str, Path]:
    to.parent.mkdir(parents=True)
    try:
        if given.is_dir():
            shutil.copytree(given, to)
            return {f"{name}/{file.relative_to(to).as_posix()}": file for file in to.rglob("*") if file.is_file()}
        return {name: Path(shutil.copyfile(given, to))}
    except OSError as problem:
        raise UnreadableInput(
            f"The file cannot be read: {problem.strerror}", place=Place(str(given)), remedy="Check its name and rights."
        ) from problem
