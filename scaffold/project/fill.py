"""Filling a folder that exists already, file by file, so that every moment can be taken back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from stat import S_IMODE

from scaffold.errors import TargetRefused, TemplateProblem
from scaffold.model.plan import Plan, PlannedFile, RenderedFile
from scaffold.model.project import Commit, Project
from scaffold.project.confined_fs import Folder
from scaffold.project.git import commit_project, repository_folder, tracked, without_kept
from scaffold.project.gitignore import EXCLUDE, IGNORE, ignore_file, not_ignored, overruled, with_rules
from scaffold.project.journal import Transfer, mark_done, put, take_back, transfer, write_journal
from scaffold.project.lock import locked_folder
from scaffold.project.publish import rename_exclusively, sync_file_system, sync_folder, taken
from scaffold.project.stage import Stage
from scaffold.project.target import check_access, content_in_the_way
from scaffold.signals import signals_deferred

BACKUP = ".scaffold-backup"


def fill(
    stage: Stage,
    project: Path,
    plan: Plan,
    environment: Mapping[str, str],
    on_made: Callable[[Project], object],
) -> Project:
    """Put every staged file into the target as the plan says: all of them, or none when it raises.

    The repository comes last, and whole: a kill just before leaves the project without one.
    """
    with locked_folder(plan.target) as alone:
        if not alone:
            raise TargetRefused(f"Another run is writing to {plan.target}", hint="Wait for it to end")
        filled = _decided(Folder(project), plan, environment)
        try:
            filled = _moved(stage, project, plan, filled, environment)
            sync_file_system(plan.target)
            with signals_deferred():
                mark_done(stage)
                commit = _with_repository(stage, plan.target, filled.commit)
                filled = filled._replace(commit=commit, warning=sync_folder(plan.target))
                on_made(filled)
        except BaseException:
            take_back(stage)
            raise
    return filled


def foresee(plan: Plan, rendered: Iterable[RenderedFile], environment: Mapping[str, str]) -> Project:
    """Return what filling the target would come to; writes nothing, and raises what the filling would."""
    return _with_rule_to_come(plan, sort_files(plan, rendered), environment)


def sort_files(plan: Plan, rendered: Iterable[RenderedFile]) -> Project:
    """Return which files would be made, kept and replaced, as far as is known without asking git."""
    planned = {file.path: file.content for file in rendered}
    states = {
        file.path: _state(planned, plan, file) if file.exists else "missing"  # a killed run's is taken back
        for file in plan.files
    }
    return _sorted(plan, states)


def _decided(staged: Folder, plan: Plan, environment: Mapping[str, str]) -> Project:
    """Look at every path before the first write; what was not there when planned is refused."""
    planned = {file.path: staged.read(file.path) for file in plan.files}
    states = {file.path: _state(planned, plan, file) for file in plan.files}
    for file in plan.files:
        if states[file.path] != "missing" and not file.exists:
            raise taken(plan.target / file.path)
    files = _sorted(plan, states)
    _with_rule_to_come(plan, files, environment)
    return files


def _sorted(plan: Plan, states: Mapping[str, str]) -> Project:
    kept, replaced = _kept_and_replaced(plan, states)
    created = tuple(path for path, state in states.items() if state == "missing")
    for path in (*created, *replaced):
        check_access(plan.target / path)
    return Project(
        root=plan.target,
        commit=Commit(made=False),
        created=created,
        skipped=kept,
        overwritten=replaced,
        backup=_free_backup_folder(plan.target) if replaced else None,
    )


def _with_rule_to_come(plan: Plan, files: Project, environment: Mapping[str, str]) -> Project:
    """Say by which line git will ignore the secrets, or refuse when none would help.

    Of rules that the template brings git is asked when they are in place.
    """
    secrets = [file.path for file in plan.files if file.origin == "secret" and file.path in files.created]
    _refuse_open(plan, tracked(plan.target, secrets, environment))
    if IGNORE in {*files.created, *files.overwritten}:
        return files
    open_ones = not_ignored(plan.target, secrets, environment)
    if not open_ones:
        return files
    root, path = ignore_file(plan.target, environment)
    content_in_the_way(Folder(root), path)
    check_access(root / path)
    if path == EXCLUDE:
        _refuse_open(plan, overruled(plan.target, open_ones, environment))
    return files._replace(ignored=open_ones, ignored_in=root / path)


def _refuse_open(plan: Plan, left: Sequence[str]) -> None:
    if left:
        raise TargetRefused(
            f"Git would commit {', '.join(left)} in {plan.target}, which holds secrets",
            hint=f"Take it out of git, `git rm --cached {left[0]}`, or out of a rule that begins with `!`",
        )


def _kept_and_replaced(plan: Plan, states: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    different = tuple(path for path, state in states.items() if state == "different")
    precious = tuple(path for path, state in states.items() if state == "precious")
    if plan.on_conflict == "overwrite":
        return precious, different
    return tuple(sorted(precious + different)), ()


def _state(planned: Mapping[str, bytes], plan: Plan, file: PlannedFile) -> str:
    """Say ``missing``, ``same``, ``different``, or ``precious`` for secrets, which must not be lost."""
    content = content_in_the_way(Folder(plan.target), file.path)
    if content is None:
        return "missing"
    if content == planned.get(file.path):
        return "same"
    return "precious" if file.origin == "secret" else "different"


def _moved(
    stage: Stage, project: Path, plan: Plan, filled: Project, environment: Mapping[str, str]
) -> Project:
    """Move the files, those with secrets after git ignores them, and keep what was replaced."""
    folder = "/".join(filled.backup.parts[-2:]) if filled.backup else ""
    files = transfer(
        stage,
        plan.target,
        staged=project.relative_to(stage.path).as_posix(),
        created=filled.created,
        overwritten=filled.overwritten,
        backup=f"backup/{folder}",
    )
    journal = (*_kept(stage, folder, filled), files)
    write_journal(stage, journal)
    secret = {file.path for file in plan.files if file.origin == "secret"}
    for path in (*(path for path in filled.created if path not in secret), *filled.overwritten):
        put(stage, files, path)
    secrets = tuple(path for path in filled.created if path in secret)
    filled = _ignored(stage, plan, filled, secrets, journal, environment)
    for path in secrets:
        put(stage, files, path)
    for kept in journal[:-1]:
        for path in kept.created:
            put(stage, kept, path)
    plan = without_kept(plan, filled.skipped)
    return filled._replace(commit=commit_project(plan, stage.repository, plan.target, environment))


def _with_repository(stage: Stage, target: Path, commit: Commit) -> Commit:
    """Move the finished repository to its place; the project is done, so that nothing is raised here."""
    try:
        if commit.made:
            rename_exclusively(stage.repository / ".git", target / ".git")
    except OSError as error:
        return Commit(made=False, note=f"Nothing was committed: {target / '.git'}: {error.strerror}")
    return commit


def _ignored(  # noqa: PLR0913, PLR0917 - all that is known while moving
    stage: Stage,
    plan: Plan,
    filled: Project,
    secrets: Iterable[str],
    journal: Iterable[Transfer],
    environment: Mapping[str, str],
) -> Project:
    """Have git ignore the secrets that it does not, or refuse to write them."""
    open_ones = not_ignored(plan.target, secrets, environment)
    if not open_ones:
        return filled
    root, path = ignore_file(plan.target, environment)
    if path not in {*filled.created, *filled.overwritten}:  # else they are the template's, and not enough
        old = content_in_the_way(Folder(root), path)
        new = with_rules(old or b"", plan.target, open_ones, rules=root / path)
        Folder(_made(stage.path / "rules")).write(path, new, mode=_mode(Folder(root), path))
        files = {"created": (path,)} if old is None else {"overwritten": (path,)}
        rules = transfer(stage, root, staged="rules", backup="old-rules", **files)
        write_journal(stage, (*journal, rules))
        put(stage, rules, path)
    _refuse_open(plan, not_ignored(plan.target, open_ones, environment))
    return filled._replace(ignored=open_ones, ignored_in=root / path)


def _kept(stage: Stage, folder: str, filled: Project) -> tuple[Transfer, ...]:
    """Return the transfer of the replaced files from the stage to the folder where they are kept."""
    if filled.backup is None:
        return ()
    root = filled.backup.parents[1]
    created = [f"{folder}/{path}" for path in filled.overwritten]
    if folder.startswith(BACKUP) and Folder(root).status(f"{BACKUP}/{IGNORE}") is None:
        Folder(_made(stage.path / "backup")).write(f"{BACKUP}/{IGNORE}", b"*\n")
        created.append(f"{BACKUP}/{IGNORE}")
    return (transfer(stage, root, staged="backup", created=tuple(created)),)


def _free_backup_folder(target: Path) -> Path:
    """Return a free folder for the files that are replaced: two names below git's folder or the target."""
    git = repository_folder(target)
    root, name = (git, "scaffold") if git else (target, BACKUP)
    try:
        free = next(path for n in count(1) if Folder(root).status(path := f"{name}/{n}") is None)
    except TemplateProblem as problem:
        raise TargetRefused(f"{root / name} is no folder", hint="Move it away") from problem
    check_access(root / free)
    return root / free


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def _mode(folder: Folder, path: str) -> int:
    status = folder.status(path)
    return S_IMODE(status.st_mode) if status else 0o666
