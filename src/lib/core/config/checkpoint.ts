import { fault, type ConcordError } from '../errors';

/** What browsers run: ONNX, and its form for mobile devices. */
const RUNS = /\.(?:onnx|ort)$/i;

const TORCH = 'torch.onnx.export(model, example_input, "model.onnx")';
const SKLEARN = 'open("model.onnx", "wb").write(skl2onnx.to_onnx(model, X[:1]).SerializeToString())';
const TRANSFORMERS = 'optimum-cli export onnx --model FOLDER_OF_THE_MODEL onnx/';
const tensorflow = (option: string) => `python -m tf2onnx.convert ${option} --output model.onnx`;

/** By the ending of the file, the line that makes ONNX of it. */
const EXPORTERS: Readonly<Record<string, string>> = {
  pt: TORCH,
  pth: TORCH,
  ckpt: TORCH,
  bin: TRANSFORMERS,
  safetensors: TRANSFORMERS,
  h5: 'model.export("model.onnx", format="onnx") in Keras 3',
  keras: 'model.export("model.onnx", format="onnx") in Keras 3',
  pb: tensorflow('--saved-model FOLDER_OF_THE_MODEL'),
  tflite: tensorflow('--tflite model.tflite'),
  pkl: SKLEARN,
  pickle: SKLEARN,
  joblib: SKLEARN,
};

/** What is to be said of a checkpoint that no browser can run; null where one can. */
export function checkpointWarning(checkpoint: string, path: string): ConcordError | null {
  const address = checkpoint.replace(/[?#].*$/s, '');
  if (RUNS.test(address)) return null;
  const ending = /\.([a-z0-9]+)$/i.exec(address)?.[1]?.toLowerCase() ?? '';
  const exporter = Object.hasOwn(EXPORTERS, ending) ? EXPORTERS[ending]! : 'by the framework that trained it';
  return fault('config.checkpoint', path, { file: checkpoint, exporter });
}
