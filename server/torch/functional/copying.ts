/** A tensor's copy as `copy.deepcopy` makes it, and its shape as a tensor. */
import { tensor } from '../../../runtime/network/tensor.ts';
import { unknown } from '../../python/stop.ts';
import { invoke, tell } from '../calls.ts';
import { TensorObject } from '../tensor-object.ts';
import { isTensor } from '../values.ts';

tell({
  'Tensor.__deepcopy__': ([self = null]) => {
    if (!isTensor(self)) return unknown('a copy of what is no tensor');
    const copy = invoke('Tensor.clone', [self]);
    if (copy instanceof TensorObject) copy.requiresGrad = self.requiresGrad;
    return copy;
  },
  'torch._shape_as_tensor': ([self = null]) => {
    if (!isTensor(self)) return unknown('torch._shape_as_tensor of this');
    const values = self.tensor.shape.map(d => d.size);
    return new TensorObject(tensor({ shape: [values.length], dtype: 'int64', values }));
  },
});
