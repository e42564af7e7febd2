"""One side of a pattern, cut into axes: `b (h p) ...`."""
import keyword
import warnings

from einops import EinopsError

_ellipsis = '…'


class AnonymousAxis:
    """An axis that is told by its length. No two are the same."""

    def __init__(self, value):
        self.value = int(value)
        if self.value == 1:
            raise EinopsError('No need to create anonymous axis of length 1. Report this as an issue')
        if self.value < 1:
            raise EinopsError(f'Anonymous axis should have positive length, not {self.value}')

    def __repr__(self):
        return f'{self.value}-axis'


class ParsedExpression:
    """`composition`: a list of axes for each dimension, or the ellipsis; `identifiers`: all of them."""

    def __init__(self, expression, *, allow_underscore=False, allow_duplicates=False):
        self.has_ellipsis = False
        self.has_ellipsis_parenthesized = None
        self.has_non_unitary_anonymous_axes = False
        self.identifiers = set()
        self.composition = []
        self._lax = allow_underscore, allow_duplicates
        if '.' in expression:
            if '...' not in expression:
                raise EinopsError('Expression may contain dots only inside ellipsis (...)')
            if expression.count('...') != 1 or expression.count('.') != 3:
                raise EinopsError('Expression may contain dots only inside ellipsis (...); only one ellipsis for tensor ')
            expression = expression.replace('...', _ellipsis)
            self.has_ellipsis = True
        group, word = None, ''
        for char in expression:
            if char in '() ':
                if word:
                    self._add(word, group)
                word = ''
                if char == '(':
                    if group is not None:
                        raise EinopsError('Axis composition is one-level (brackets inside brackets not allowed)')
                    group = []
                elif char == ')':
                    if group is None:
                        raise EinopsError('Brackets are not balanced')
                    self.composition.append(group)
                    group = None
            elif char.isalnum() or char in ('_', _ellipsis):
                word += char
            else:
                raise EinopsError(f"Unknown character '{char}'")
        if group is not None:
            raise EinopsError(f'Imbalanced parentheses in expression: "{expression}"')
        if word:
            self._add(word, None)

    def _add(self, word, group):
        allow_underscore, allow_duplicates = self._lax
        if word in self.identifiers and not (allow_underscore and word == '_') and not allow_duplicates:
            raise EinopsError(f'Indexing expression contains duplicate dimension "{word}"')
        if word == _ellipsis:
            self.identifiers.add(word)
            self.has_ellipsis_parenthesized = group is not None
            (self.composition if group is None else group).append(word)
            return
        is_number = word.isdecimal()
        if is_number and int(word) == 1:
            if group is None:
                self.composition.append([])
            return
        is_name, reason = self.check_axis_name_return_reason(word, allow_underscore=allow_underscore)
        if not (is_number or is_name):
            raise EinopsError(f'Invalid axis identifier: {word}\n{reason}')
        axis = AnonymousAxis(word) if is_number else word
        self.identifiers.add(axis)
        self.has_non_unitary_anonymous_axes = self.has_non_unitary_anonymous_axes or is_number
        if group is None:
            self.composition.append([axis])
        else:
            group.append(axis)

    def flat_axes_order(self):
        return [axis for group in self.composition for axis in group]

    def has_composed_axes(self):
        return any(isinstance(group, list) and len(group) > 1 for group in self.composition)

    @staticmethod
    def check_axis_name_return_reason(name, allow_underscore=False):
        if not name.isidentifier():
            return False, 'not a valid python identifier'
        if name[0] == '_' or name[-1] == '_':
            if name == '_' and allow_underscore:
                return True, ''
            return False, 'axis name should should not start or end with underscore'
        if keyword.iskeyword(name):
            warnings.warn(f'It is discouraged to use axes names that are keywords: {name}', RuntimeWarning, stacklevel=2)
        return True, ''

    @staticmethod
    def check_axis_name(name):
        return ParsedExpression.check_axis_name_return_reason(name)[0]
