/** Equations and decompositions of matrices. What they hold is never known: of matrices that cannot be inverted torch says so only when it has their numbers. */
import { sentenceName } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { operator } from '../operator.ts';
import { type Dim, type Draft, sizes, type Tensor, unplaced } from '../tensor.ts';
import { broadcast } from './elementwise.ts';

/** Its rows and columns, and what is before them. */
interface Matrices {
  readonly batch: readonly Dim[];
  readonly rows: Dim;
  readonly columns: Dim;
}

function matrices(name: string, given: Tensor, called = 'A'): Matrices {
  const [rows, columns] = given.shape.slice(-2);
  if (!rows || !columns)
    return fail('RuntimeError', `${name}: The input tensor ${called} must have at least 2 dimensions.`, ...given.shape);
  return { batch: given.shape.slice(0, -2), rows, columns };
}
function square(name: string, given: Tensor): Matrices {
  const all = matrices(name, given),
    { rows, columns } = all;
  if (rows.size !== columns.size)
    fail(
      'RuntimeError',
      `${name}: A must be batches of square matrices, but they are ${rows.size} by ${columns.size} matrices`,
      rows,
      columns,
    );
  return all;
}
function floating(name: string, { dtype }: Tensor): void {
  if (dtype !== 'float32' && dtype !== 'float64') unknown(`${name} of this type`);
}
function invertible(given: Tensor): Draft {
  square('linalg.inv', given);
  const { shape, dtype } = given;
  if (dtype === 'float16' || dtype === 'bfloat16')
    fail('RuntimeError', `linalg.inv: Low precision dtypes not supported. Got ${sentenceName(dtype)}`);
  floating('linalg.inv', given);
  return { shape, dtype };
}

export const inverse = operator('inv(Tensor A, *, Tensor? out=None)', {
  names: ['torch.linalg.inv'],
  infer: ({ A }) => invertible(A),
});
export const inverseOf = operator('inverse(Tensor self, *, Tensor? out=None)', {
  names: ['torch.inverse', 'Tensor.inverse'],
  infer: ({ self }) => invertible(self),
});

export const determinant = operator('det(Tensor A, *, Tensor? out=None)', {
  names: ['torch.linalg.det'],
  infer({ A }) {
    const { batch } = square('linalg.det', A);
    floating('linalg.det', A);
    return { shape: batch, dtype: A.dtype };
  },
});
export const determinantOf = operator('det(Tensor self)', {
  names: ['torch.det', 'Tensor.det'],
  infer({ self }) {
    const { batch } = square('linalg.det', self);
    floating('linalg.det', self);
    return { shape: batch, dtype: self.dtype };
  },
});

export const cholesky = operator('cholesky(Tensor self, *, bool upper=False, Tensor? out=None)', {
  names: ['torch.linalg.cholesky'],
  infer({ self }) {
    square('linalg.cholesky', self);
    floating('linalg.cholesky', self);
    return { shape: self.shape, dtype: self.dtype };
  },
});

export const eigenSymmetric = operator('eigh(Tensor self, str UPLO="L", *, Tensor[]? out=None)', {
  names: ['torch.linalg.eigh'],
  fields: ['eigenvalues', 'eigenvectors'],
  infer({ self, UPLO }) {
    const { batch, rows } = square('linalg.eigh', self);
    floating('linalg.eigh', self);
    if (!/^[LU]$/i.test(UPLO)) unknown('another triangle');
    return [
      { shape: [...batch, rows], dtype: self.dtype },
      { shape: self.shape, dtype: self.dtype },
    ];
  },
});
export const eigenvaluesSymmetric = operator('eigvalsh(Tensor self, str UPLO="L", *, Tensor? out=None)', {
  names: ['torch.linalg.eigvalsh'],
  infer({ self, UPLO }) {
    const { batch, rows } = square('linalg.eigh', self);
    floating('linalg.eigh', self);
    if (!/^[LU]$/i.test(UPLO)) unknown('another triangle');
    return { shape: [...batch, rows], dtype: self.dtype };
  },
});

const least = ({ rows, columns }: Matrices): Dim => (rows.size <= columns.size ? rows : columns);

export const singularValues = operator('svdvals(Tensor A, *, str? driver=None, Tensor? out=None)', {
  names: ['torch.linalg.svdvals'],
  infer({ A, driver }) {
    const all = matrices('linalg.svd', A);
    floating('linalg.svd', A);
    if (driver !== null) unknown('a driver of its own');
    return { shape: [...all.batch, least(all)], dtype: A.dtype };
  },
});
export const singularDecomposition = operator('svd(Tensor A, bool full_matrices=True, *, str? driver=None, Tensor[]? out=None)', {
  names: ['torch.linalg.svd'],
  fields: ['U', 'S', 'Vh'],
  infer({ A, full_matrices, driver }) {
    const all = matrices('linalg.svd', A),
      { batch, rows, columns } = all,
      k = least(all);
    floating('linalg.svd', A);
    if (driver !== null) unknown('a driver of its own');
    return [
      { shape: [...batch, rows, full_matrices ? rows : k], dtype: A.dtype },
      { shape: [...batch, k], dtype: A.dtype },
      { shape: [...batch, full_matrices ? columns : k, columns], dtype: A.dtype },
    ];
  },
});

export const orthogonalDecomposition = operator('qr(Tensor A, str mode="reduced", *, Tensor[]? out=None)', {
  names: ['torch.linalg.qr'],
  fields: ['Q', 'R'],
  infer({ A, mode }) {
    const all = matrices('linalg.qr', A),
      { batch, rows, columns } = all;
    floating('linalg.qr', A);
    if (mode !== 'reduced' && mode !== 'complete') return unknown('qr in this mode');
    const k = mode === 'complete' ? rows : least(all);
    return [
      { shape: [...batch, rows, k], dtype: A.dtype },
      { shape: [...batch, k, columns], dtype: A.dtype },
    ];
  },
});

/** What `torch.nn.utils.weight_norm` keeps of a weight: its length along all axes but one; -1 is none. */
export const normExceptDim = operator('norm_except_dim(Tensor v, int pow=2, int dim=0)', {
  names: ['torch.norm_except_dim'],
  infer({ v, dim: kept }) {
    if ((v.dtype !== 'float32' && v.dtype !== 'float64') || kept < -1 || kept >= v.shape.length) unknown('norm_except_dim of these');
    return { shape: kept < 0 ? [] : v.shape.map((d, i) => (i === kept ? d : unplaced(1))), dtype: v.dtype };
  },
});
export const weightNorm = operator('_weight_norm(Tensor v, Tensor g, int dim=0)', {
  names: ['torch._weight_norm'],
  infer({ v, g, dim: kept }) {
    const fits = kept < 0 ? !g.shape.length : sizes(g.shape).every((n, i) => n === (i === kept ? v.shape[i]?.size : 1));
    if (!fits || (kept >= 0 && g.shape.length !== v.shape.length) || v.dtype !== g.dtype) unknown('_weight_norm of these');
    return { shape: v.shape, dtype: v.dtype };
  },
});

/** Whether the right side is one vector for each matrix. */
const areVectors = (a: Tensor, b: Tensor): boolean =>
  b.shape.length === 1 || (b.shape.length === a.shape.length - 1 && sizes(b.shape).every((n, i) => n === a.shape[i]?.size));

export const solve = operator('solve(Tensor A, Tensor B, *, bool left=True, Tensor? out=None)', {
  names: ['torch.linalg.solve'],
  infer({ A, B, left }) {
    const { batch, rows } = square('linalg.solve', A);
    floating('linalg.solve', A);
    if (A.dtype !== B.dtype || !left) unknown('linalg.solve of these');
    if (areVectors(A, B)) {
      const last = B.shape.at(-1);
      if (!last || last.size !== rows.size) return unknown('linalg.solve of these');
      return { shape: [...broadcast(batch, B.shape.slice(0, -1)), last], dtype: A.dtype };
    }
    const [equations, right] = B.shape.slice(-2);
    if (!equations || !right) return unknown('linalg.solve of these');
    if (equations.size !== rows.size)
      fail(
        'RuntimeError',
        `linalg.solve: Incompatible shapes of A and B for the equation AX = B (${rows.size}x${rows.size} and ${equations.size}x${right.size})`,
        rows,
        equations,
      );
    return { shape: [...broadcast(batch, B.shape.slice(0, -2)), rows, right], dtype: A.dtype };
  },
});

export const leastSquares = operator('lstsq(Tensor input, Tensor b, float? rcond=None, *, str? driver=None, Tensor[]? out=None)', {
  names: ['torch.linalg.lstsq'],
  fields: ['solution', 'residuals', 'rank', 'singular_values'],
  infer({ input, b, driver }) {
    const name = 'torch.linalg.lstsq';
    if (input.shape.length < 2) fail('RuntimeError', `${name}: input must have at least 2 dimensions.`, ...input.shape);
    if (b.shape.length < 1) fail('RuntimeError', `${name}: other must have at least 1 dimension.`);
    const more = input.shape.length - b.shape.length;
    if (more < 0 || more > 1)
      fail('RuntimeError', `${name}: input.dim() must be greater or equal to other.dim() and (input.dim() - other.dim()) <= 1`);
    const [rows, columns] = input.shape.slice(-2),
      isVector = areVectors(input, b);
    // Torch widens a right side of fewer dimensions in a way of its own.
    if (!rows || !columns || (more === 1 && !isVector) || driver !== null) return unknown('linalg.lstsq of these');
    const last = b.shape.at(isVector ? -1 : -2);
    if (last?.size !== rows.size)
      fail('RuntimeError', `${name}: input.size(-2) should match other.size(${isVector ? -1 : -2})`, rows, ...(last ? [last] : []));
    if (input.dtype !== b.dtype || (input.dtype !== 'float32' && input.dtype !== 'float64')) unknown('linalg.lstsq of these types');
    const batch = broadcast(input.shape.slice(0, -2), b.shape.slice(0, isVector ? -1 : -2)),
      { dtype } = input;
    return [
      { shape: isVector ? [...batch, columns] : [...batch, columns, ...b.shape.slice(-1)], dtype },
      { shape: [unplaced(0)], dtype },
      { shape: batch, dtype: 'int64' },
      { shape: [unplaced(0)], dtype },
    ];
  },
});
