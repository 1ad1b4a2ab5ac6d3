# Settings of libraries under the training, read when a process starts: `. training/environment.sh`.
# glibc gives large blocks back to the system and asks for them again at every update; oneDNN keeps
# 1,024 compiled products, and a network has several thousand.
export MALLOC_MMAP_THRESHOLD_=4000000000
export MALLOC_TRIM_THRESHOLD_=16000000000
export MALLOC_TOP_PAD_=268435456
export GLIBC_TUNABLES=glibc.malloc.hugetlb=1
export ONEDNN_PRIMITIVE_CACHE_CAPACITY=30000
